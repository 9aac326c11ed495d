package dev.muster.lab.environment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts that programs said, made fit for logs and people: without whatever could steer a terminal or forge a line. */
final class SaidText {

    private static final int LINE_CHARACTERS_MAX = 400;

    private SaidText() {}

    /** One line of it. */
    static String plain(String text) {
        return text.codePoints()
                .map(each -> isPlain(each) ? each : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Lines that say something, each plain. */
    static List<String> lines(byte[] said) {
        return new String(said, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> plain(each.replace('\t', ' ')))
                .toList();
    }

    /** The last line that says something, null if none does. */
    static @Nullable String lastLine(byte[] said) {
        List<String> lines = lines(said);
        if (lines.isEmpty()) {
            return null;
        }
        String last = lines.getLast();
        return last.length() <= LINE_CHARACTERS_MAX ? last : last.substring(0, LINE_CHARACTERS_MAX) + "…";
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
