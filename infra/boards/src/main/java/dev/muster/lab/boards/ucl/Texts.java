package dev.muster.lab.boards.ucl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads texts in their four forms, and puts in what variables stand for. */
final class Texts {

    private final Cursor in;
    private final Session session;
    private final Map<String, String> variables;

    Texts(Cursor in, Session session) {
        this.in = in;
        this.session = session;
        this.variables = session.variablesOf(in.source());
    }

    /** In double quotes, as JSON has it; the cursor stands on the first quote. */
    String quoted() {
        int begin = in.at();
        in.skip();
        while (in.peek() != '"') {
            if (in.atEnd()) {
                throw in.fault(begin, "This text does not end: a '\"' is missing.");
            }
            if (in.peek() < ' ') {
                throw in.fault("A text in quotes holds no line ends and control characters; write \\n.");
            }
            in.skip();
            if (in.text().charAt(in.at() - 1) == '\\' && in.peek() >= ' ') {
                in.skip();
            }
        }
        String text = unescaped(begin + 1, in.at());
        in.skip();
        return text;
    }

    /** In single quotes: only an escaped quote or line end means something else than itself. */
    String raw() {
        int begin = in.at();
        StringBuilder text = new StringBuilder();
        for (in.skip(); in.peek() != '\''; in.skip()) {
            if (in.atEnd()) {
                throw in.fault(begin, "This text does not end: a ''' is missing.");
            }
            char c = in.peek();
            if (c != '\\' || in.next() == Cursor.END) {
                text.append(c);
                continue;
            }
            in.skip();
            switch (in.peek()) {
                case '\'' -> text.append('\'');
                case '\n' -> {}
                default -> text.append(c).append(in.peek());
            }
        }
        in.skip();
        return text.toString();
    }

    /** Lines up to a mark; null, and nothing is passed over, if none begin here. */
    @Nullable
    String lines() {
        if (in.peek() != '<' || in.next() != '<') {
            return null;
        }
        String all = in.text();
        int mark = in.at() + 2;
        int markEnd = mark;
        while (markEnd < all.length() && Characters.isCapital(all.charAt(markEnd))) {
            markEnd++;
        }
        if (markEnd == mark || markEnd >= all.length() || all.charAt(markEnd) != '\n') {
            return null;
        }
        String last = "\n" + all.substring(mark, markEnd);
        int content = markEnd + 1;
        for (int end = all.indexOf(last, content); end >= 0; end = all.indexOf(last, end + 1)) {
            int after = end + last.length();
            if (after == all.length() || ";,\n".indexOf(all.charAt(after)) >= 0) {
                in.moveTo(after);
                return expanded(all.substring(content, end));
            }
        }
        throw in.fault("These lines do not end: a line with their mark alone is missing.");
    }

    /**
     * A word or several without quotes.
     *
     * @param close the bracket that ends what it stands in, {@link Cursor#END} for none
     */
    UclValue bare(char close) {
        int begin = in.at();
        Place place = in.place();
        boolean escaped = false;
        int end = begin;
        while (!in.atEnd() && !endsBare(close)) {
            if (in.peek() == '\\' && in.next() != '\n' && in.next() != Cursor.END) {
                escaped = true;
                in.skip();
                in.skip();
                end = in.at();
                continue;
            }
            boolean blank = Characters.isBlank(in.peek());
            in.moveTo(in.peek() == '$' ? afterVariable(in.at()) : in.at() + 1);
            end = blank ? end : in.at();
        }
        if (end == begin) {
            throw in.fault(begin, "A value is missing here.");
        }
        String word = in.text().substring(begin, end);
        String text = expanded(escaped ? unescaped(begin, end) : word);
        // What was an escape or a variable is a text, whatever it looks like now.
        return text.equals(word) && !escaped ? Scalars.of(word, place) : new UclValue.Text(text, place);
    }

    /** What follows a variable in braces: its closing brace closes nothing else. Or what follows the dollar sign. */
    private int afterVariable(int dollar) {
        String all = in.text();
        if (!all.startsWith("{", dollar + 1)) {
            return dollar + 1;
        }
        int end = endOfName(all, dollar + 2);
        return end > dollar + 2 && all.startsWith("}", end) ? end + 1 : dollar + 1;
    }

    private static int endOfName(String text, int begin) {
        int end = begin;
        while (end < text.length() && Characters.isNameOfVariable(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean endsBare(char close) {
        char c = in.peek();
        if (c == '}' || c == ']') {
            if (c != close) {
                throw in.fault("This '" + c + "' closes nothing; a text that holds one needs quotes.");
            }
            return true;
        }
        return c == ';' || c == ',' || c == '\n' || c == '#' || in.atComment();
    }

    private String unescaped(int begin, int end) {
        String all = in.text();
        if (all.indexOf('\\', begin, end) < 0) {
            return all.substring(begin, end);
        }
        StringBuilder text = new StringBuilder(end - begin);
        int i = begin;
        while (i < end) {
            char c = all.charAt(i++);
            if (c != '\\' || i == end) {
                text.append(c);
                continue;
            }
            char escape = all.charAt(i++);
            if (escape == 'u') {
                text.append(unicode(i, end));
                i += 4;
            } else {
                text.append(meaning(escape));
            }
        }
        String result = text.toString();
        if (hasHalves(result)) {
            throw in.fault(begin, "The text holds half of a character.");
        }
        return result;
    }

    private static char meaning(char escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    private char unicode(int begin, int end) {
        int value = 0;
        for (int i = begin; i < begin + 4; i++) {
            int digit = i < end && in.text().charAt(i) < 0x80
                    ? Character.digit(in.text().charAt(i), 16)
                    : -1;
            if (digit < 0) {
                throw in.fault(begin, "Four hexadecimal digits are missing here.");
            }
            value = value << 4 | digit;
        }
        if (value == 0) {
            throw in.fault(begin, "The text holds a NUL.");
        }
        return (char) value;
    }

    private static boolean hasHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The text with what its variables stand for; those that are not known stay as they are. */
    String expanded(String text) {
        int dollar = variables.isEmpty() ? -1 : text.indexOf('$');
        if (dollar < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int done = 0;
        for (; dollar >= 0; dollar = text.indexOf('$', dollar + 1)) {
            boolean braced = text.startsWith("{", dollar + 1);
            int begin = braced ? dollar + 2 : dollar + 1;
            int end = endOfName(text, begin);
            String value = variables.get(text.substring(begin, end));
            if (value == null || braced && !text.startsWith("}", end)) {
                continue;
            }
            session.countExpanded(value, in);
            expanded.append(text, done, dollar).append(value);
            done = braced ? end + 1 : end;
        }
        return expanded.append(text, done, text.length()).toString();
    }
}
