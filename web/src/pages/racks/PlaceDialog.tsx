/** Placing an asset from its own page: which rack, which unit. */
import { Modal } from "@mantine/core";
import { PlaceForm } from "./PlaceForm";

export function PlaceDialog({ asset, onClose }: { asset: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`Place ${asset} in a rack`}>
      <PlaceForm asset={asset} fixedAsset onDone={onClose} />
    </Modal>
  );
}
