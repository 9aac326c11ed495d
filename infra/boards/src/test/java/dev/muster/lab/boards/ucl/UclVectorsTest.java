package dev.muster.lab.boards.ucl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract §7.3: what was recorded from the original. */
class UclVectorsTest {

    static Stream<Vector> vectors() {
        return Vector.of("vectors.jsonl");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isReadAsRecorded(Vector vector) {
        if (vector.out() == null) {
            assertThatThrownBy(() -> Trees.read(vector.in())).isInstanceOf(UclFault.class);
            return;
        }
        // Maps are equal whatever their order; their texts are not.
        assertThat(Trees.read(vector.in())).isEqualTo(vector.out());
        assertThat(Trees.read(vector.in())).hasToString(vector.out().toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isWrittenAsTheSame(Vector vector) {
        if (vector.out() != null) {
            UclValue root = UclReader.ofTextAlone()
                    .read(new UclSource(null, vector.in()))
                    .root();
            assertThat(Trees.read(UclWriter.write(root))).isEqualTo(vector.out());
        }
    }

    @Test
    void allOfThemAreThere() {
        assertThat(vectors().map(Vector::id))
                .containsExactlyElementsOf(Stream.iterate(1, n -> n + 1)
                        .limit(102)
                        .map("U%02d"::formatted)
                        .toList());
    }
}
