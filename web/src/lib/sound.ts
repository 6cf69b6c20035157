/** Three sounds that can be told apart without looking: yes, look at it, no. Made by WebAudio, with a touch of vibration. */

export type Verdict = "yes" | "look" | "no";

const tones: Record<Verdict, [frequency: number, seconds: number, shape: OscillatorType][]> = {
  yes: [[1320, 0.09, "sine"]],
  look: [
    [740, 0.09, "triangle"],
    [740, 0.09, "triangle"],
  ],
  no: [
    [196, 0.18, "square"],
    [147, 0.28, "square"],
  ],
};
const buzz: Record<Verdict, number[]> = { yes: [40], look: [50, 60, 50], no: [180, 80, 180] };

let context: AudioContext | null = null;

export function sound(verdict: Verdict): void {
  try {
    navigator.vibrate?.(buzz[verdict]);
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    let at = context.currentTime;
    for (const [frequency, seconds, shape] of tones[verdict]) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.type = shape;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(shape === "square" ? 0.08 : 0.2, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds + 0.05;
    }
  } catch {
    // no sound on this device; the card's colour and words remain
  }
}
