package dev.muster.updates.bundles.libconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares our reader with the C library that devices use, on what is read and on what comes out. Every difference is
 * deliberate and listed in {@link #DIFFERENCES}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibconfigOracleTest {

    /**
     * A text that the two see differently.
     *
     * @param until the minor version of libconfig 1 that sees it as we do
     */
    private record Difference(String text, String reason, int until) {
        Difference(String text, String reason) {
            this(text, reason, Integer.MAX_VALUE);
        }
    }

    private static final List<Difference> DIFFERENCES = List.of(
            new Difference("a = 1 /* no end", "we want comments to end"),
            new Difference("a = \"x\" \"no end", "the C library forgets the part without end"),
            new Difference("a = .", "a number needs a digit"),
            new Difference("a = +.", "a number needs a digit"),
            new Difference("a = 99999999999999999999", "we refuse integers beyond 64 bits"),
            new Difference("a = 0x1ffffffffffffffff", "we refuse integers beyond 64 bits"),
            new Difference("a = -1.e999", "we refuse infinity"),
            new Difference("a = \"\\xff\"", "we want strings to be UTF-8"),
            new Difference("a = \"x\\x00y\"", "the C library cuts the string at NUL"),
            new Difference("a = [ 1, 2L ]", "to us integers are of one kind"),
            new Difference("a = " + "(".repeat(65) + ")".repeat(65), "we nest no deeper than 64"),
            new Difference("a = ( 1, )", "a comma may follow the last value since 1.7", 7),
            new Difference("a = 2147483648", "without L it was cut to 32 bits before 1.7", 7),
            new Difference("a = \"\\a\\b\\v\"", "these escapes are of 1.8", 8),
            new Difference("\u000b", "this blank is of 1.8", 8),
            new Difference("a = 0b11", "binary numbers are of 1.8", 8),
            new Difference("a = 0o17", "octal numbers are of 1.8", 8));

    /** Old versions refuse such texts, see above. */
    private static final Pattern IDLE_COMMA = Pattern.compile(",[^0-9a-zA-Z\"({\\[]*[],)]");

    private int minorVersion;
    private Path oracle;

    @BeforeAll
    void compile(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("oracle.c");
        try (var in = getClass().getResourceAsStream("/libconfig/oracle.c")) {
            Files.copy(in, source);
        }
        oracle = folder.resolve("oracle");
        try {
            Process gcc = new ProcessBuilder("gcc", "-o", oracle.toString(), source.toString(), "-lconfig")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (gcc.waitFor() != 0) {
                skip("libconfig-dev is not installed: " + output);
            }
        } catch (IOException e) {
            skip("gcc is not installed: " + e.getMessage());
        }
    }

    private static void skip(String why) {
        System.err.println("SKIPPED, the comparison with the real libconfig did not run: " + why);
        abort(why);
    }

    @Test
    void bothUnderstandTheSame() throws Exception {
        List<String> texts = new ArrayList<>(corpus());
        Random random = new Random(20_26);
        for (int i = 0; i < 20_000; i++) {
            String text = soup(random);
            if (!IDLE_COMMA.matcher(text).find()) {
                texts.add(text);
            }
        }
        List<String> theirs = askOracle(texts);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String ours = ours(texts.get(i));
            if (!ours.equals(theirs.get(i))) {
                differences.add("%s\n  ours: %s\n  theirs: %s".formatted(texts.get(i), ours, theirs.get(i)));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(theirs)
                .as("texts that are read")
                .filteredOn(t -> !t.equals("error"))
                .hasSizeGreaterThan(1000);
    }

    @Test
    void everyListedDifferenceIsOne() throws Exception {
        List<String> theirs =
                askOracle(DIFFERENCES.stream().map(Difference::text).toList());
        for (int i = 0; i < DIFFERENCES.size(); i++) {
            Difference difference = DIFFERENCES.get(i);
            if (minorVersion < difference.until()) {
                assertThat(ours(difference.text())).as(difference.toString()).isNotEqualTo(theirs.get(i));
            }
        }
    }

    private static List<String> corpus() {
        return List.of(
                "",
                "a = 1",
                "a = 1;; b = 2",
                "a : { b = ( 1, 2.5, \"x\" ); c = [ true, false ] }",
                "a = \"one\" \"two\"\n\"three\"",
                "a = \"line\nbreak\\n\\t\\f\\r\\\\ \\\" \\x41 \\. \\q\"",
                "a = 1, b = 2",
                "a = 1 b = 2",
                "a = 1 a = 2",
                "a = { a = 1; a = 1 }",
                "a = [ 1, \"x\" ]",
                "a = [ 1, 2.0 ]",
                "a = [ [ ] ]",
                "a = [ { } ]",
                "a = ( ( ), [ ], { } )",
                "a = ()",
                "a-b_c*d = 1; *x = 2",
                "1a = 1",
                "_a = 1",
                "True = 1",
                "a = TRUE; b = fAlSe",
                "a = nan",
                "a = 0x7fffffff; b = 0xFF; c = 0xffL",
                "a = 2147483647; b = 2147483648L; c = -2147483648; d = -2147483649L",
                "a = 9223372036854775807L; b = -9223372036854775808L",
                "a = 5L; b = 5LL",
                "a = +5; b = -0",
                "a = .5; b = 5.; c = -1.5e3; d = 1.5E-3; e = +.5e+1; f = -2e3",
                "# x\na = 1 // y\n/* z */ b = 2",
                "a = \"no end",
                "a = 'x'",
                "@include \"/nonexistent\"",
                "a = \"@include\"",
                "a == 1",
                "a = = 1",
                "a = ;",
                "a",
                "a = }",
                "a = (1 2)",
                "a = (,)",
                "{ a = 1 }",
                "a = \"ä€😀\"",
                "software = { version = \"1\"; images: ( { filename = \"f\"; size = 12L; } ); }");
    }

    /** Words at random; most of it is nonsense, but a good part is not. */
    private static String soup(Random random) {
        String[] words = {
            "a",
            "b",
            "c-d",
            "*e",
            "=",
            "=",
            "=",
            ":",
            ";",
            ",",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "1",
            "-2",
            "3L",
            "0x1f",
            "1.5",
            "-2.5e3",
            "true",
            "FALSE",
            "\"s\"",
            "\"t\\n\"",
            "\"\\x41\"",
            "/* c */",
            "# c\n",
            "// c\n",
            "\n",
            "'",
            "@"
        };
        StringBuilder text = new StringBuilder();
        if (random.nextInt(4) == 0) {
            for (int i = 0; i < 20 && random.nextInt(10) > 0; i++) {
                text.append(words[random.nextInt(words.length)]).append(random.nextInt(5) == 0 ? "" : " ");
            }
            return text.toString();
        }
        members(random, text, 0);
        if (random.nextInt(3) == 0) {
            int blank = text.indexOf(" ", random.nextInt(text.length()));
            text.insert(blank + 1, words[random.nextInt(words.length)] + " ");
        }
        return text.toString();
    }

    private static void members(Random random, StringBuilder text, int depth) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append("n").append(random.nextInt(20)).append(random.nextBoolean() ? " = " : ":");
            value(random, text, depth);
            text.append(List.of(";", ",", " ", "\n", "; #\n").get(random.nextInt(5)));
        }
    }

    private static void value(Random random, StringBuilder text, int depth) {
        switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> text.append(random.nextInt());
            case 1 -> text.append(random.nextGaussian()).append(random.nextBoolean() ? "" : "e+3");
            case 2 -> text.append('"').append("x".repeat(random.nextInt(3))).append("\" \"y\\\\\"");
            case 3 -> text.append(random.nextBoolean());
            case 4 -> {
                text.append("{ ");
                members(random, text, depth + 1);
                text.append('}');
            }
            case 5 -> {
                text.append("( ");
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(random, text, depth + 1);
                    text.append(i > 1 ? ", " : " ");
                }
                text.append(')');
            }
            default -> {
                text.append("[ ");
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append(random.nextInt(10) == 0 ? "\"x\"" : "1").append(i > 1 ? ", " : " ");
                }
                text.append(']');
            }
        }
    }

    private List<String> askOracle(List<String> texts) throws Exception {
        Process process = new ProcessBuilder(oracle.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread feeder = Thread.ofVirtual().start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (String text : texts) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    all.writeBytes((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
                    all.writeBytes(bytes);
                }
                in.write(all.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        feeder.join();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).hasSize(texts.size() + 1);
        minorVersion = Integer.parseInt(lines.getFirst());
        return lines.subList(1, lines.size());
    }

    private static String ours(String text) {
        try {
            return printed(Libconfig.parse(text.getBytes(StandardCharsets.UTF_8)));
        } catch (LibconfigSyntaxException e) {
            return "error";
        }
    }

    private static String printed(Setting setting) {
        StringBuilder text = new StringBuilder();
        switch (setting) {
            case Setting.Group(var members) -> {
                text.append('{');
                members.forEach((name, value) ->
                        text.append(name).append('=').append(printed(value)).append(';'));
                text.append('}');
            }
            case Setting.Items(var values) -> {
                text.append('(');
                values.forEach(value -> text.append(printed(value)).append(','));
                text.append(')');
            }
            case Setting.Array(var values) -> {
                text.append('[');
                values.forEach(value -> text.append(printed(value)).append(','));
                text.append(']');
            }
            case Setting.Text(String value) ->
                text.append('s').append(HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)));
            case Setting.Whole(long value) -> text.append('i').append(value);
            case Setting.Real(double value) ->
                text.append('f').append("%016x".formatted(Double.doubleToRawLongBits(value)));
            case Setting.Truth(boolean value) -> text.append(value);
        }
        return text.toString();
    }
}
