package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

    private static final Instant AT = Instant.parse("1969-12-31T23:59:59.999999999Z");

    @Test
    void whatGoesInComesOut() {
        for (String id : List.of(
                "0198c0de-0000-7000-8000-000000000001",
                "0198C0DE-0000-7000-8000-000000000001",
                "plain",
                "ünï\u20ac",
                "")) {
            for (String aggregate : new String[] {null, "a", "0198c0de-0000-7000-8000-000000000002"}) {
                StoredEvent event = new StoredEvent(
                        9,
                        id,
                        AT,
                        "type",
                        aggregate,
                        aggregate == null ? null : "device",
                        aggregate,
                        aggregate == null ? 0 : Long.MAX_VALUE,
                        new byte[300],
                        new byte[0]);
                byte[] record = RecordCodec.encode(event);
                RecordCodec.seal(record, 9);
                assertThat(RecordCodec.decode(9, record))
                        .usingRecursiveComparison()
                        .isEqualTo(event);
            }
        }
    }

    @Test
    void eachFlippedBitAndEachCutIsNoticed() {
        byte[] record = RecordCodec.encode(Samples.event("id", "aggregate", 3, AT));
        RecordCodec.seal(record, 5);
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] flipped = record.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(5, flipped);
        }
        for (int length = 0; length < record.length; length++) {
            assertDamaged(5, Arrays.copyOf(record, length));
        }
        assertDamaged(6, record);
    }

    /** The layout on disk is a promise: this record was written by the first version and must always be readable. */
    @Test
    void theFirstVersionsRecordIsStillRead() {
        byte[] record = HexFormat.of().parseHex(GOLDEN);
        StoredEvent event = RecordCodec.decode(7, record);
        assertThat(event.id()).isEqualTo("0198c0de-0000-7000-8000-000000000001");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(event.type()).isEqualTo("device.registered");
        assertThat(event.revision()).isEqualTo("1");
        assertThat(event.aggregateType()).isEqualTo("device");
        assertThat(event.aggregateId()).isEqualTo("d-1");
        assertThat(event.sequence()).isEqualTo(300);
        assertThat(new String(event.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(new String(event.metadata(), StandardCharsets.UTF_8)).isEqualTo("{}");
        byte[] again = RecordCodec.encode(event);
        RecordCodec.seal(again, 7);
        assertThat(again).isEqualTo(record);
    }

    /** Made by a program of its own from the description of the format. */
    private static final String GOLDEN =
            "0101580c937400000000695735a528697580010198c0de0000700080000000000000011364657669"
                    + "63652e7265676973746572656403310864657669636505642d31ac02077b2261223a317d027b7d";

    private static void assertDamaged(long position, byte[] record) {
        assertThat(catchThrowableOfType(StoreFault.class, () -> RecordCodec.decode(position, record))
                        .reason())
                .isEqualTo(StoreFault.Reason.DAMAGED);
    }
}
