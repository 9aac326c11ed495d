package dev.muster.updates.bundles.libconfig;

import dev.muster.updates.bundles.libconfig.Token.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into words, one at a time. Works on bytes, because a string's {@code \xHH} escapes stand for bytes that
 * only together make characters.
 */
final class Scanner {

    private final byte[] text;
    private int at;
    private int line = 1;
    private int column = 1;
    private int tokens;

    Scanner(byte[] text) {
        this.text = text;
        refuseInvalidUtf8();
    }

    /** The next word; {@link Kind#END} at the end, again and again. */
    Token next() {
        skipBlanksAndComments();
        int startLine = line;
        int startColumn = column;
        if (at == text.length) {
            return new Token(Kind.END, null, "", startLine, startColumn);
        }
        if (++tokens > Libconfig.TOKENS_MAX) {
            throw wrong("more than %d words".formatted(Libconfig.TOKENS_MAX));
        }
        int c = text[at];
        Kind sign = signOf(c);
        if (sign != null) {
            step();
            return new Token(sign, null, "", startLine, startColumn);
        }
        if (c == '"') {
            return new Token(Kind.SCALAR, string(), "", startLine, startColumn);
        }
        if (isLetter(c) || c == '*') {
            return wordOrTruth(startLine, startColumn);
        }
        if (isDigit(c) || c == '+' || c == '-' || c == '.') {
            NumberLiteral number = NumberLiteral.at(text, at);
            if (number.problem() != null) {
                throw wrong(number.problem());
            }
            stepTo(number.end());
            return new Token(Kind.SCALAR, number.value(), "", startLine, startColumn);
        }
        if (c == '@') {
            throw wrong("'@include' and the like are not allowed here");
        }
        throw wrong("a character that means nothing here: " + (c > ' ' && c < 127 ? "'" + (char) c + "'" : hex(c)));
    }

    private Token wordOrTruth(int startLine, int startColumn) {
        int end = at;
        while (end < text.length && isNamePart(text[end])) {
            end++;
        }
        String word = new String(text, at, end - at, StandardCharsets.US_ASCII);
        stepTo(end);
        return switch (word.length() > 5 ? "" : word.toLowerCase(Locale.ROOT)) {
            case "true" -> new Token(Kind.SCALAR, new Setting.Truth(true), "", startLine, startColumn);
            case "false" -> new Token(Kind.SCALAR, new Setting.Truth(false), "", startLine, startColumn);
            default -> new Token(Kind.NAME, null, word, startLine, startColumn);
        };
    }

    private Setting.Text string() {
        int startLine = line;
        int startColumn = column;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        step();
        while (at < text.length && text[at] != '"') {
            int c = text[at];
            if (c == 0) {
                throw wrong("a NUL in a string");
            }
            if (c == '\\') {
                bytes.write(escape());
            } else {
                bytes.write(c);
                step();
            }
        }
        if (at == text.length) {
            throw new LibconfigSyntaxException(startLine, startColumn, "a string without end");
        }
        step();
        try {
            CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return new Setting.Text(characters.toString());
        } catch (CharacterCodingException e) {
            throw new LibconfigSyntaxException(startLine, startColumn, "a string whose escapes are no UTF-8");
        }
    }

    /** The byte an escape stands for. A backslash before anything unknown is just a backslash. */
    private int escape() {
        step();
        if (at == text.length) {
            return '\\';
        }
        int c = text[at];
        int meant =
                switch (c) {
                    case 'a' -> 7;
                    case 'b' -> '\b';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'v' -> 11;
                    case 'f' -> '\f';
                    case '\\' -> '\\';
                    case '"' -> '"';
                    default -> -1;
                };
        if (meant >= 0) {
            step();
            return meant;
        }
        if ((c == 'x' || c == 'X') && at + 2 < text.length) {
            int high = Character.digit(text[at + 1], 16);
            int low = Character.digit(text[at + 2], 16);
            if (high >= 0 && low >= 0) {
                if (high == 0 && low == 0) {
                    throw wrong("a NUL in a string");
                }
                stepTo(at + 3);
                return high << 4 | low;
            }
        }
        return '\\';
    }

    private void skipBlanksAndComments() {
        while (at < text.length) {
            int c = text[at];
            if (c == ' ' || (c >= 7 && c <= 13)) {
                step();
            } else if (c == '#' || (c == '/' && peek(1) == '/')) {
                while (at < text.length && text[at] != '\n') {
                    step();
                }
            } else if (c == '/' && peek(1) == '*') {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipBlockComment() {
        int startLine = line;
        int startColumn = column;
        stepTo(at + 2);
        while (at < text.length && !(text[at] == '*' && peek(1) == '/')) {
            step();
        }
        if (at == text.length) {
            throw new LibconfigSyntaxException(startLine, startColumn, "a comment without end");
        }
        stepTo(at + 2);
    }

    private void refuseInvalidUtf8() {
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer out = CharBuffer.allocate(4096);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            stepTo(in.position());
            throw wrong("no valid UTF-8");
        }
    }

    private void stepTo(int end) {
        while (at < end) {
            step();
        }
    }

    private void step() {
        int c = text[at++];
        if (c == '\n') {
            line++;
            column = 1;
        } else if (at == text.length || (text[at] & 0xc0) != 0x80) {
            column++;
        }
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] : -1;
    }

    private LibconfigSyntaxException wrong(String problem) {
        return new LibconfigSyntaxException(line, column, problem);
    }

    private static @Nullable Kind signOf(int c) {
        return switch (c) {
            case '=', ':' -> Kind.EQUALS;
            case ',' -> Kind.COMMA;
            case ';' -> Kind.SEMICOLON;
            case '{' -> Kind.GROUP_START;
            case '}' -> Kind.GROUP_END;
            case '[' -> Kind.ARRAY_START;
            case ']' -> Kind.ARRAY_END;
            case '(' -> Kind.LIST_START;
            case ')' -> Kind.LIST_END;
            default -> null;
        };
    }

    private static String hex(int c) {
        return "byte 0x%02x".formatted(c & 0xff);
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(int c) {
        return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '*';
    }
}
