package dev.muster.observe.documents.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.documents.Python;
import dev.muster.observe.documents.text.TextFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares what we write with what the real PyYAML writes for the same document. Every difference is deliberate and
 * listed in {@link #DIFFERENCES}. Beside those we take a few documents that PyYAML refuses: ours is the younger grammar.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YamlOracleTest {

    private static final YamlLimits LIMITS = new YamlLimits(1 << 20, 50, 100_000, 64, 100);

    /** A document that the two see differently. */
    private record Difference(String text, String reason) {}

    private static final List<Difference> DIFFERENCES = List.of(
            new Difference("a: 'b\u0085c'", "U+0085 ends a line in YAML 1.1 only"),
            new Difference("a: \"b\u2028 c\"", "U+2028 ends a line in YAML 1.1 only"),
            new Difference("a: [?b]", "a question mark within brackets begins a key in YAML 1.1 only"),
            new Difference("&x: a", "a colon ends an anchor's name in YAML 1.1 only; we refuse to guess"),
            new Difference("a: \"\\ud83d\\ude00\"", "two halves of a character are one character to us"),
            new Difference("a: \"\\ud83d\"", "half a character cannot be stored as UTF-8"),
            new Difference("a: [-]", "a lone dash within brackets is no text in YAML 1.2"),
            new Difference(
                    "a: &x 2020-01-02\n*x : b", "a date that is repeated as a key is written again, not aliased"),
            new Difference("a: &x [*x]", "we refuse what contains itself"),
            new Difference("a: &x {<<: *x}", "we refuse what contains itself"),
            new Difference("a: !!set {x}", "no tags but the core ones"),
            new Difference("a: !!binary aGk=", "no tags but the core ones"),
            new Difference("a: !!timestamp 2020-01-01", "no tags but the core ones"),
            new Difference("a: !!omap [b: c]", "no tags but the core ones"),
            new Difference("!!merge x: {a: b}", "no tags but the core ones"),
            new Difference("! <<: {a: b}", "a merge key has no tag"),
            new Difference("a: !!int ' 5 '", "what is tagged must look like it"),
            new Difference("a: |\n  x\n     ", "a last line of blanks ends with a break, as the engine reads it"),
            new Difference("a: " + "1".repeat(101), "no number of more than 100 characters"),
            new Difference("a: " + "[".repeat(64) + "]".repeat(64), "no deeper than 64 levels"),
            new Difference("a: &x b\nc: [" + "*x, ".repeat(51) + "]", "no more than 50 aliases"),
            new Difference("a: &x b\nc: &x d", "an anchor may be given again in YAML 1.2"),
            new Difference("a:\tb", "a tab separates in YAML 1.2"));

    /** In damaged documents the listed differences turn up by chance. */
    private static final Pattern LISTED =
            Pattern.compile("[\\[{,]\\s*(\\?|-\\s*[]},])|&[A-Za-z0-9_-]*[^A-Za-z0-9_\\s-]");

    private Python python;

    @BeforeAll
    void findPython(@TempDir Path folder) throws Exception {
        python = Python.with("yaml", folder);
    }

    @Test
    void bothWriteTheSame() throws Exception {
        Documents documents = new Documents(new Random(20_26));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            texts.add(documents.quoted());
        }
        assertThat(differences(texts, 4000)).isEmpty();
    }

    @Test
    void bothReadTheSame() throws Exception {
        Documents documents = new Documents(new Random(11_26));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            texts.add(documents.block());
        }
        assertThat(differences(texts, 2500)).isEmpty();
    }

    @Test
    void bothReadTheSameInWhatIsNotDamagedBeyondReading() throws Exception {
        Documents documents = new Documents(new Random(27));
        List<String> texts = new ArrayList<>();
        while (texts.size() < 6000) {
            String text = documents.broken();
            if (!LISTED.matcher(text).find()) {
                texts.add(text);
            }
        }
        assertThat(differences(texts, 1500)).isEmpty();
    }

    @Test
    void eachScalarIsReadAndWrittenTheSameInEachPlace() throws Exception {
        List<String> texts = new ArrayList<>();
        for (String scalar : SampleScalars.PLAIN) {
            texts.add("a: " + scalar);
            texts.add(scalar + ": a");
            texts.add("- " + scalar);
            texts.add("a:\n- " + scalar + "\n- [" + (scalar.matches("-|\\?.*") ? "x" : scalar) + "]");
            texts.add("a: ! " + scalar);
            texts.add("a: !!str " + scalar);
            texts.add("a: '" + scalar.replace("'", "''") + "'");
            texts.add("a: |\n  " + scalar);
            texts.add("a: >-\n  " + scalar + "\n  " + scalar + "\n\n  " + scalar);
        }
        assertThat(differences(texts, 900)).isEmpty();
    }

    @Test
    void bothReadTheCornersTheSame() throws Exception {
        assertThat(differences(CORNERS, 40)).isEmpty();
    }

    @Test
    void everyListedDifferenceIsOne() throws Exception {
        List<String> theirs = python.makesOf(
                "yaml", DIFFERENCES.stream().map(Difference::text).toList());
        for (int i = 0; i < DIFFERENCES.size(); i++) {
            String ours = ours(DIFFERENCES.get(i).text());
            assertThat(isSame(ours, theirs.get(i)))
                    .as("%s: %s and %s", DIFFERENCES.get(i), ours, theirs.get(i))
                    .isFalse();
        }
    }

    private static final List<String> CORNERS = List.of(
            "",
            "#",
            "---\n",
            "a",
            "- a",
            "{}",
            "{a}",
            "a: {}\nb: []",
            "--- {a: b}\n...\n",
            "a: b\n---\nc: d",
            "%YAML 1.1\n---\na: b",
            "\ufeffa: b",
            "a:\n  - b\n  -\n  - - c\n    - d\n  -   e: f\n      g: h",
            "a: [[], {}, [[]], [{}]]",
            "? a\n: b",
            "? a\n? b",
            "? |\n  two\n  lines\n: b",
            "? [a]\n: b",
            "? {a: b}\n: c",
            "'': a",
            "? ''\n: - b\n  - c",
            "a: b: c",
            "a: - b",
            "a: 'b' c",
            "k".repeat(122) + ": v",
            "k".repeat(123) + ": v",
            "? " + "k ".repeat(200) + "\n: - v",
            "\u00e4".repeat(122) + ": v",
            "? " + "\u00e4".repeat(123) + "\n: {a: b}",
            "1: a\n1.0: b\ntrue: c\n'1': d",
            "null: a\n~: b",
            ".nan: a\n.NaN: b",
            "2020-01-01: a\n2020-1-1 0:00:00Z: b\n2020-01-01 01:00:00+01:00: c",
            "0: a\n-0: b\n0.0: c\n-0.0: d\nno: e",
            "=: a",
            "a: =",
            "a: <<",
            "- <<",
            "<<: a",
            "<<: [a]",
            "<<: null",
            "<<: {a: b}\na: c\nd: e",
            "a: c\n<<: {a: b, f: g}",
            "x: &x {a: 1, b: 2}\ny: {q: 1, <<: [*x, {a: 5, z: 6}], b: 3}",
            "x: &x {a: 1}\ny: {<<: *x, <<: {a: 2, b: 3}}",
            "x: &x {a: {b: c}, d: [e]}\ny: {<<: *x}\nz: {<<: *x}",
            "'<<': {a: b}",
            "a: &x {b: c}\nd: *x\ne: &y [*x, f]\ng: *y",
            "a: &x []\nb: *x\nc: &y {}\nd: {e: *y}",
            "- &x [a]\n- *x",
            "a: &x\n- b\nc:\n- *x\n- &y {d: e}\n- *y\n- [*x, *y]",
            "a: &x b\n*x : c",
            "a: *x",
            "a: &x",
            "a: !!str 5\nb: !!int '5'\nc: !!float 5\nd: !!float 1e5\ne: !!bool 'yes'\nf: !!null x\ng: ! 5\nh: ! '5'",
            "a: !!seq [b]\nc: !!map {d: e}",
            "a: !!seq {b: c}",
            "a: !!map [b]",
            "a: !!str [b]",
            "a: !!int x",
            "a: !!bool x",
            "a: !foo b",
            "a: !!python/object:x b",
            "a: !<tag:yaml.org,2002:int> 5",
            "a: 0x" + "f".repeat(80),
            "a: 0" + "7".repeat(90),
            "a: -0b" + "1".repeat(90),
            "a: 1" + ":59".repeat(30),
            "a: 0" + ":59".repeat(30) + ".5",
            "groups:\n  name: g_%%juju_device_uuid%%\n  rules:\n  - alert: A_{{ $label.instance }}\n    expr:"
                    + " (node_memory_MemFree_bytes{device_instance=\"%%juju_device_uuid%%\"})/1e9\n       < 30");

    /** Where the two see a document differently; documents that only we take are none. */
    private List<String> differences(List<String> texts, int readMin) throws Exception {
        List<String> theirs = python.makesOf("yaml", texts);
        List<String> differences = new ArrayList<>();
        int read = 0;
        for (int i = 0; i < texts.size(); i++) {
            String ours = ours(texts.get(i));
            if (!isSame(ours, theirs.get(i)) && !theirs.get(i).startsWith("!")) {
                differences.add("%s\n  ours:\n%s\n  theirs:\n%s".formatted(texts.get(i), ours, theirs.get(i)));
            }
            read += isSame(ours, theirs.get(i)) && !ours.startsWith("!") ? 1 : 0;
        }
        assertThat(read).as("documents that both read").isGreaterThanOrEqualTo(readMin);
        return differences;
    }

    private static boolean isSame(String ours, String theirs) {
        return ours.equals(theirs) || ours.startsWith("!") && theirs.startsWith("!");
    }

    private static String ours(String text) {
        try {
            return BlockWriter.write(YamlReader.read(text, LIMITS), LIMITS);
        } catch (TextFault e) {
            return "!" + e.getMessage();
        }
    }
}
