/** How many there are, where the carton does not say: counted by the person, never filled in beforehand. */
import { Button, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Form } from "@/ui/Form";

interface Props {
  of: string;
  onCount: (quantity: number) => void;
  onClose: () => void;
}

export function Count({ of, onCount, onClose }: Props) {
  const [quantity, setQuantity] = useState<number | string>("");
  const counted = typeof quantity === "number" && quantity > 0;
  return (
    <Modal opened onClose={onClose} title="How many?">
      <Form
        onSave={() => {
          if (counted) onCount(quantity);
        }}
      >
        <Stack gap={12}>
          <Text c="dimmed">{of}</Text>
          <NumberInput
            label="Counted"
            value={quantity}
            onChange={setQuantity}
            min={0}
            hideControls
            inputMode="decimal"
            size="xl"
            data-autofocus
          />
          <Button type="submit" variant="filled" size="xl" disabled={!counted}>
            Receive
          </Button>
        </Stack>
      </Form>
    </Modal>
  );
}
