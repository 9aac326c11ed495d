package dev.muster.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void whatCameIsReadInPiecesFromAnyPosition() {
        History history = new History(100);
        history.append(new byte[] {1, 2, 3, 4, 5, 9, 9}, 5);

        History.Piece piece = history.from(1, 3);

        assertThat(piece.bytes()).containsExactly(2, 3, 4);
        assertThat(piece.next()).isEqualTo(4);
        assertThat(history.from(4, 10).bytes()).containsExactly(5);
        assertThat(history.from(5, 10)).isNull();
    }

    @Test
    void oneWhoFellOutOfTheRingGoesOnWithTheOldestByte() {
        History history = new History(4);
        history.append(new byte[] {1, 2, 3}, 3);
        history.append(new byte[] {4, 5, 6}, 3);

        assertThat(history.from(0, 10)).satisfies(piece -> {
            assertThat(piece.bytes()).containsExactly(3, 4, 5, 6);
            assertThat(piece.next()).isEqualTo(6);
        });
    }

    @Test
    void aReplayIsNeverLongerThanWhatIsKept() {
        History history = new History(8);
        history.append(new byte[20], 20);

        assertThat(history.before(3)).isEqualTo(17);
        assertThat(history.before(1000)).isEqualTo(12);
        assertThat(history.before(-1)).isEqualTo(20);
        assertThat(history.before(0)).isEqualTo(20);
    }

    @Test
    void itKeepsTheNewestBytesHoweverTheyCome() {
        Random random = new Random(7);
        for (int size : new int[] {1, 7, 1000, 16 << 10, 40_000, 1 << 17}) {
            History history = new History(size);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (all.size() < 3 * size + 10) {
                byte[] some = new byte[1 + random.nextInt(size + size / 2 + 1)];
                random.nextBytes(some);
                history.append(some, some.length);
                all.writeBytes(some);
                byte[] kept = history.from(0, Integer.MAX_VALUE).bytes();
                byte[] expected = all.toByteArray();
                assertThat(kept)
                        .isEqualTo(Arrays.copyOfRange(expected, Math.max(0, expected.length - size), expected.length));
            }
        }
    }
}
