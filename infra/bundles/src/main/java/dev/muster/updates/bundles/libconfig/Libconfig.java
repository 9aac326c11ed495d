package dev.muster.updates.bundles.libconfig;

import dev.muster.updates.bundles.libconfig.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a libconfig text (grammar of libconfig 1.8: "The Libconfig Manual", chapter "Configuration File Grammar").
 *
 * <p>Stricter than the C library on purpose, because what comes in is hostile until proven otherwise: limits on size,
 * tokens and depth; no {@code @include}; the text and its strings must be UTF-8 without NUL; comments and strings must
 * end; numbers must have digits, fit into 64 bits and be finite. More lenient in one place: an array may mix integers
 * with and without the {@code L} suffix.
 */
public final class Libconfig {

    /** The longest text taken, in bytes. */
    public static final int SIZE_MAX = 1024 * 1024;

    /** The most words in a text. */
    public static final int TOKENS_MAX = 100_000;

    /** How deep groups, lists and arrays may nest. */
    public static final int DEPTH_MAX = 64;

    private final Scanner scanner;
    private Token token;
    private int depth;

    private Libconfig(byte[] text) {
        this.scanner = new Scanner(text);
        this.token = scanner.next();
    }

    /**
     * Reads a whole text.
     *
     * @param text UTF-8
     * @throws LibconfigSyntaxException when it is no libconfig or goes beyond a limit
     */
    public static Setting.Group parse(byte[] text) {
        if (text.length > SIZE_MAX) {
            throw new LibconfigSyntaxException(1, 1, "the text has more than %d bytes".formatted(SIZE_MAX));
        }
        return new Libconfig(text).members(Kind.END);
    }

    private Setting.Group members(Kind end) {
        Map<String, Setting> members = new LinkedHashMap<>();
        while (token.kind() != end) {
            Token name = expect(Kind.NAME);
            if (members.containsKey(name.name())) {
                throw wrong(name, "the setting '%s' was given before".formatted(shortened(name.name())));
            }
            expect(Kind.EQUALS);
            members.put(name.name(), value());
            if (token.kind() == Kind.SEMICOLON || token.kind() == Kind.COMMA) {
                advance();
            }
        }
        return new Setting.Group(members);
    }

    private Setting value() {
        return switch (token.kind()) {
            case SCALAR -> scalar();
            case GROUP_START -> {
                descend();
                Setting.Group group = members(Kind.GROUP_END);
                ascend();
                yield group;
            }
            case LIST_START -> {
                descend();
                List<Setting> values = values(Kind.LIST_END);
                ascend();
                yield new Setting.Items(values);
            }
            case ARRAY_START -> {
                descend();
                List<Setting> values = values(Kind.ARRAY_END);
                ascend();
                yield new Setting.Array(values);
            }
            default -> throw wrong(token, "a value is needed, but here is " + described(token));
        };
    }

    /** The grammar allows any number of commas after a value, but none before the first. */
    private List<Setting> values(Kind end) {
        List<Setting> values = new ArrayList<>();
        while (token.kind() != end) {
            Token first = token;
            Setting value = value();
            if (end == Kind.ARRAY_END) {
                checkArrayElement(first, value, values);
            }
            values.add(value);
            if (token.kind() != end) {
                expect(Kind.COMMA);
                while (token.kind() == Kind.COMMA) {
                    advance();
                }
            }
        }
        return values;
    }

    private static void checkArrayElement(Token at, Setting value, List<Setting> before) {
        if (at.kind() != Kind.SCALAR) {
            throw wrong(at, "an array holds plain values only; use a list: ( … )");
        }
        if (!before.isEmpty() && before.getFirst().getClass() != value.getClass()) {
            throw wrong(at, "all values of an array must be of one kind");
        }
    }

    /** A scalar; strings that follow one another are one string. */
    private Setting scalar() {
        Setting first = scalarHere();
        if (!(first instanceof Setting.Text(String piece))) {
            return first;
        }
        StringBuilder joined = null;
        while (token.kind() == Kind.SCALAR && token.value() instanceof Setting.Text(String next)) {
            joined = joined == null ? new StringBuilder(piece) : joined;
            joined.append(next);
            advance();
        }
        return joined == null ? first : new Setting.Text(joined.toString());
    }

    private Setting scalarHere() {
        Setting value = token.value();
        if (value == null) {
            throw new IllegalStateException("a scalar token without a value");
        }
        advance();
        return value;
    }

    private void descend() {
        if (++depth > DEPTH_MAX) {
            throw wrong(token, "nested deeper than %d".formatted(DEPTH_MAX));
        }
        advance();
    }

    private void ascend() {
        depth--;
        advance();
    }

    private Token expect(Kind kind) {
        if (token.kind() != kind) {
            throw wrong(token, "%s is needed, but here is %s".formatted(kind.words, described(token)));
        }
        Token found = token;
        advance();
        return found;
    }

    private void advance() {
        token = scanner.next();
    }

    private static String described(Token token) {
        return token.kind() == Kind.NAME ? "'" + shortened(token.name()) + "'" : token.kind().words;
    }

    private static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }

    private static LibconfigSyntaxException wrong(Token at, String problem) {
        return new LibconfigSyntaxException(at.line(), at.column(), problem);
    }
}
