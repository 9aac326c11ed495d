package dev.muster.observe.documents.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.documents.Python;
import dev.muster.observe.documents.text.TextFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Compares both of our forms with what Python's own reader and writer make of the same text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonOracleTest {

    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 64, 100);

    /** A text that the two see differently. */
    private record Difference(String text, String reason) {}

    private static final List<Difference> DIFFERENCES = List.of(
            new Difference("{\"a\": 1e309, \"a\": 1}", "a number beyond doubles, overruled by the next value"),
            new Difference("1".repeat(101), "no number of more than 100 characters"),
            new Difference("[".repeat(65) + "]".repeat(65), "no deeper than 64 levels"));

    private Python python;

    @BeforeAll
    void findPython(@TempDir Path folder) throws Exception {
        python = Python.with("json", folder);
    }

    @Test
    void bothMakeTheSameOfAnyText() throws Exception {
        JsonTexts random = new JsonTexts(new Random(20_26));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            texts.add(random.value());
        }
        List<String> theirs = python.makesOf("json", texts);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String ours = ours(texts.get(i));
            if (!isSame(ours, theirs.get(i))) {
                differences.add("%s\n  ours: %s\n  theirs: %s".formatted(texts.get(i), ours, theirs.get(i)));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(theirs).filteredOn(t -> !t.startsWith("!")).hasSizeGreaterThan(5000);
        assertThat(theirs).filteredOn(t -> t.startsWith("!")).hasSizeGreaterThan(500);
    }

    /** Random bits are mostly huge or tiny, random decimals mostly have short forms; both matter. */
    @Test
    void bothWriteEveryDoubleTheSame() throws Exception {
        Random random = new Random(53);
        StringBuilder text = new StringBuilder("[0.0");
        for (int i = 0; i < 30_000; i++) {
            double bits = Double.longBitsToDouble(random.nextLong());
            text.append(',').append(Double.isFinite(bits) ? bits : 1.0);
            text.append(',').append((random.nextInt(2_000_000) - 1_000_000) / Math.pow(10, random.nextInt(12)));
            text.append(',').append(Double.MIN_VALUE * random.nextInt(1 << 1 + random.nextInt(20)));
        }
        String all = text.append(']').toString();
        JsonLimits roomy = new JsonLimits(1 << 24, 64, 100);
        String theirs = python.makesOf("json", List.of(all)).getFirst();
        assertThat(new CanonicalJson(all, roomy).whole())
                .isEqualTo(theirs.lines().findFirst().orElseThrow());
    }

    @Test
    void everyListedDifferenceIsOne() throws Exception {
        List<String> theirs = python.makesOf(
                "json", DIFFERENCES.stream().map(Difference::text).toList());
        for (int i = 0; i < DIFFERENCES.size(); i++) {
            assertThat(isSame(ours(DIFFERENCES.get(i).text()), theirs.get(i)))
                    .as(DIFFERENCES.get(i).toString())
                    .isFalse();
        }
    }

    private static boolean isSame(String ours, String theirs) {
        return ours.equals(theirs) || ours.startsWith("!") && theirs.startsWith("!");
    }

    private static String ours(String text) {
        try {
            String canonical = new CanonicalJson(text, LIMITS).whole();
            return canonical + "\n" + JsonStrings.spaced(canonical);
        } catch (TextFault e) {
            return "!" + e.getMessage();
        }
    }
}
