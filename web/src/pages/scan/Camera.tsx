/** The camera as a scanner. The decoder is our own copy of the wasm, never one from elsewhere. */
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import { useEffect, useRef, useState } from "react";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import classes from "./Scan.module.css";

prepareZXingModule({
  overrides: { locateFile: (path: string) => (path.endsWith(".wasm") ? wasmUrl : path) },
});

const EVERY = 140;
const SAME_AGAIN = 2500;

export function Camera({ onScan }: { onScan: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const report = useRef(onScan);
  report.current = onScan;

  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const seen = new Map<string, number>();

    const look = async (detector: BarcodeDetector) => {
      const picture = video.current;
      if (stopped || !picture) return;
      try {
        if (picture.readyState >= 2) {
          const now = Date.now();
          for (const code of await detector.detect(picture)) {
            const last = seen.get(code.rawValue) ?? 0;
            seen.set(code.rawValue, now);
            if (now - last > SAME_AGAIN) report.current(code.rawValue);
          }
        }
      } catch {
        // a frame that cannot be read is not worth a word; the next comes soon
      }
      timer = setTimeout(() => look(detector), EVERY);
    };

    const open = async () => {
      if (!navigator.mediaDevices?.getUserMedia) {
        setTrouble("This browser gives no camera here. It needs HTTPS, or a scanner, or typing.");
        return;
      }
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: "environment", width: { ideal: 1280 } },
        });
        if (stopped || !video.current) return;
        video.current.srcObject = stream;
        await video.current.play();
        await look(
          new BarcodeDetector({
            formats: [
              "code_128",
              "code_39",
              "data_matrix",
              "qr_code",
              "ean_13",
              "ean_8",
              "upc_a",
              "itf",
              "pdf417",
            ],
          }),
        );
      } catch (error) {
        const refused = error instanceof DOMException && error.name === "NotAllowedError";
        setTrouble(
          refused
            ? "The camera is not allowed. Allow it in the browser’s settings for this page."
            : "There is no camera that can be opened.",
        );
      }
    };
    void open();
    return () => {
      stopped = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  return (
    <div className={classes.camera}>
      {trouble ? (
        <p role="alert">{trouble}</p>
      ) : (
        <video ref={video} muted playsInline aria-label="Camera picture" />
      )}
      {!trouble && <span className={classes.aim} aria-hidden="true" />}
    </div>
  );
}
