package dev.muster.lab.boards.ucl;

import dev.muster.lab.boards.ucl.Draft.Items;
import dev.muster.lab.boards.ucl.Draft.Leaf;
import dev.muster.lab.boards.ucl.Draft.Section;
import java.util.ArrayList;
import java.util.List;

/** Reads one text by recursive descent; how deep it goes is limited before the stack is. */
final class UclParser {

    private final Session session;
    private final Cursor in;
    private final Texts texts;
    private final Macros macros;
    private final Duplicates duplicates;
    private int priority;

    /** For the document itself. */
    UclParser(Session session, UclSource source) {
        this(session, source, 0, Duplicates.APPEND);
    }

    /** For an included text. */
    UclParser(Session session, UclSource source, int priority, Duplicates duplicates) {
        this.session = session;
        this.in = session.opened(source);
        this.texts = new Texts(in, session);
        this.macros = new Macros(this, session, in, texts);
        this.priority = priority;
        this.duplicates = duplicates;
    }

    Draft document() {
        in.skipWhite();
        if (in.peek() == '[') {
            Draft list = value(0, Cursor.END);
            nothingFollows();
            return list;
        }
        Section root = new Section(in.place());
        contentInto(root, 0);
        return root;
    }

    /** Reads an object body, in braces or not, into an object that may have members already. */
    void contentInto(Section section, int depth) {
        in.skipWhite();
        session.countNode(in);
        if (in.peek() == '[') {
            throw in.fault("A list cannot be included in an object.");
        }
        if (in.peek() != '{') {
            body(section, depth, in.at(), Cursor.END);
            return;
        }
        int begin = in.at();
        in.skip();
        body(section, depth, begin, '}');
        nothingFollows();
    }

    private void nothingFollows() {
        in.skipWhite();
        if (!in.atEnd()) {
            throw in.fault("The document ends before this.");
        }
    }

    void priority(int priority) {
        this.priority = priority;
    }

    /** Adds by the rules of this text. */
    void add(Section section, String key, Draft value, Place where) {
        section.add(key, value, priority, duplicates, where);
    }

    private void body(Section section, int depth, int begin, char close) {
        boolean separated = true;
        while (true) {
            separated |= in.skipSeparators();
            if (in.atEnd()) {
                if (close != Cursor.END) {
                    throw in.fault(begin, "This '{' is not closed.");
                }
                return;
            }
            if (in.peek() == '}' && close == '}') {
                in.skip();
                return;
            }
            if (!separated) {
                throw in.fault("A separator is missing before this: ';', ',' or a new line.");
            }
            if (in.peek() == '.') {
                macros.run(section, depth, close);
                separated = false;
            } else {
                separated = endsItself(entry(section, depth, close));
            }
        }
    }

    /** Whether nothing needs to stand between this value and the next. */
    private static boolean endsItself(Draft value) {
        return !(value instanceof Leaf);
    }

    private Draft entry(Section section, int depth, char close) {
        Place place = in.place();
        String key = key();
        boolean passedLine = in.skipBlanksAndComments();
        List<String> names = List.of();
        switch (in.peek()) {
            case '=', ':' -> {
                in.skip();
                in.skipWhite();
                if (in.atEnd()) {
                    session.countNode(in);
                    Draft nothing = new Leaf(new UclValue.Nothing(in.place()));
                    add(section, key, nothing, place);
                    return nothing;
                }
            }
            case '{', '[' -> {}
            case Cursor.END, '\n' -> throw UclFault.at(place, "The key '" + Shown.of(key) + "' has no value.");
            default -> {
                if (passedLine) {
                    throw UclFault.at(place, "The key '" + Shown.of(key) + "' has no value on its line.");
                }
                names = namesOfSections();
            }
        }
        Draft value = value(depth + names.size(), close);
        for (String name : names.reversed()) {
            session.countNode(in);
            Section around = new Section(place);
            add(around, name, value, place);
            value = around;
        }
        add(section, key, value, place);
        return value;
    }

    private String key() {
        if (in.peek() == '"') {
            int begin = in.at();
            String key = texts.quoted();
            if (key.isEmpty()) {
                throw in.fault(begin, "A key is not empty.");
            }
            return key;
        }
        if (!Characters.beginsKey(in.peek())) {
            throw in.fault("A key begins with a letter, a digit, '_', '/' or a quote.");
        }
        return word();
    }

    private String word() {
        int begin = in.at();
        while (!in.atEnd() && !Characters.endsKey(in.peek())) {
            in.skip();
        }
        return in.text().substring(begin, in.at());
    }

    /**
     * The further names of {@code a b c { … }}; none, and nothing is passed over, if this is a value. What is looked at
     * here is the rest of one value, so no text makes it look at the same place often.
     */
    private List<String> namesOfSections() {
        int begin = in.at();
        List<String> names = new ArrayList<>();
        while (in.peek() != '{') {
            if (in.peek() == '"') {
                names.add(texts.quoted());
            } else if (Characters.beginsKey(in.peek())) {
                names.add(word());
            } else {
                break;
            }
            in.skipBlanks();
        }
        if (in.peek() != '{' || names.contains("")) {
            in.moveTo(begin);
            return List.of();
        }
        return names;
    }

    private Draft value(int depth, char close) {
        session.countNode(in);
        Place place = in.place();
        return switch (in.peek()) {
            case '{' -> section(deeper(depth), place);
            case '[' -> list(deeper(depth), place);
            case '"' -> new Leaf(new UclValue.Text(texts.expanded(texts.quoted()), place));
            case '\'' -> new Leaf(new UclValue.Text(texts.raw(), place));
            default -> {
                String lines = texts.lines();
                yield new Leaf(lines == null ? texts.bare(close) : new UclValue.Text(lines, place));
            }
        };
    }

    /** One level below; throws {@link UclFault} if that is too deep. */
    int deeper(int depth) {
        if (depth >= session.nestingMax()) {
            throw in.fault("Objects and lists are nested deeper than " + session.nestingMax() + ".");
        }
        return depth + 1;
    }

    private Draft section(int depth, Place place) {
        int begin = in.at();
        in.skip();
        Section section = new Section(place);
        body(section, depth, begin, '}');
        return section;
    }

    private Draft list(int depth, Place place) {
        int begin = in.at();
        in.skip();
        in.skipWhite();
        if (in.peek() == ',' || in.peek() == ';') {
            throw in.fault("A list begins with a value.");
        }
        Items list = Items.inBrackets(place);
        boolean separated = true;
        while (in.peek() != ']') {
            if (in.atEnd()) {
                throw in.fault(begin, "This '[' is not closed.");
            }
            if (!separated) {
                throw in.fault("A separator is missing before this: ',' or ';'.");
            }
            Draft value = value(depth, ']');
            list.items().add(value);
            separated = endsItself(value) | in.skipSeparators();
        }
        in.skip();
        return list;
    }
}
