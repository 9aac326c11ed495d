package dev.muster.lab.boards.ucl;

import dev.muster.lab.boards.ucl.Draft.Section;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two macros: {@code .include} and {@code .priority}. */
final class Macros {

    private static final int PRIORITY_MAX = 15;

    private final UclParser parser;
    private final Session session;
    private final Cursor in;
    private final Texts texts;

    Macros(UclParser parser, Session session, Cursor in, Texts texts) {
        this.parser = parser;
        this.session = session;
        this.in = in;
        this.texts = texts;
    }

    /** What stands in the parentheses. */
    private static final class Options {
        private boolean missingIsFine;
        private boolean pattern;
        private boolean prefix;
        private int priority;
        private Duplicates duplicates = Duplicates.APPEND;
        private @Nullable String key;
    }

    /**
     * Runs the macro at the cursor.
     *
     * @param section where the macro stands
     * @param close the bracket that ends what it stands in
     */
    void run(Section section, int depth, char close) {
        Place place = in.place();
        in.skip();
        String name = name();
        if (!Set.of("include", "priority").contains(name)) {
            throw UclFault.at(place, "There is no macro '." + Shown.of(name) + "', only .include and .priority.");
        }
        in.skipBlanks();
        Options options = new Options();
        if (in.peek() == '(') {
            if (name.equals("priority")) {
                throw in.fault("The macro .priority has no options.");
            }
            readInto(options);
            in.skipBlanks();
        }
        Place argumentPlace = in.place();
        String argument = argument(close);
        if (name.equals("priority")) {
            parser.priority(priority(argument, argumentPlace));
        } else {
            include(section, depth, argument, options, place);
        }
    }

    private String name() {
        int begin = in.at();
        while (Characters.isNameOfVariable(in.peek())) {
            in.skip();
        }
        return in.text().substring(begin, in.at());
    }

    private String argument(char close) {
        if (in.peek() == '"') {
            return texts.expanded(texts.quoted());
        }
        if (in.peek() == '\'') {
            return texts.raw();
        }
        return texts.bare(close) instanceof UclValue.Scalar scalar ? scalar.text() : "null";
    }

    private void readInto(Options options) {
        int begin = in.at();
        in.skip();
        while (true) {
            in.skipSeparators();
            if (in.peek() == ')') {
                in.skip();
                return;
            }
            if (in.atEnd()) {
                throw in.fault(begin, "This '(' is not closed.");
            }
            option(options);
        }
    }

    private void option(Options options) {
        Place place = in.place();
        String name = name();
        in.skipWhite();
        if (in.peek() != '=' && in.peek() != ':') {
            throw in.fault("An option of a macro is written name=value.");
        }
        in.skip();
        in.skipWhite();
        Place valuePlace = in.place();
        String value = optionValue();
        switch (name) {
            case "try" -> options.missingIsFine = truth(value, valuePlace);
            case "glob" -> options.pattern = truth(value, valuePlace);
            case "prefix" -> options.prefix = truth(value, valuePlace);
            case "priority" -> options.priority = priority(value, valuePlace);
            case "duplicate" -> options.duplicates = duplicates(value, valuePlace);
            case "key" -> options.key = value;
            default -> throw UclFault.at(place, "The macro .include has no option '" + Shown.of(name) + "'.");
        }
    }

    private String optionValue() {
        if (in.peek() == '"') {
            return texts.quoted();
        }
        int begin = in.at();
        while (!in.atEnd() && ",;) \t\n".indexOf(in.peek()) < 0) {
            in.skip();
        }
        return in.text().substring(begin, in.at());
    }

    private static boolean truth(String value, Place place) {
        if (Scalars.of(value, place) instanceof UclValue.Truth truth) {
            return truth.value();
        }
        throw UclFault.at(place, "This option is true or false.");
    }

    private static int priority(String value, Place place) {
        if (Scalars.of(value, place) instanceof UclValue.Whole whole
                && whole.value() >= 0
                && whole.value() <= PRIORITY_MAX) {
            return (int) whole.value();
        }
        throw UclFault.at(place, "A priority is a number from 0 to " + PRIORITY_MAX + ".");
    }

    private static Duplicates duplicates(String value, Place place) {
        return switch (value) {
            case "append", "merge", "rewrite", "error" -> Duplicates.valueOf(value.toUpperCase(Locale.ROOT));
            default -> throw UclFault.at(place, "The option 'duplicate' is append, merge, rewrite or error.");
        };
    }

    private void include(Section section, int depth, String path, Options options, Place place) {
        int found = 0;
        for (UclSource source : session.find(in.source(), path, options.pattern, place)) {
            found++;
            session.enter(in.source(), source, place);
            UclParser included = new UclParser(session, source, options.priority, options.duplicates);
            if (options.prefix) {
                Section inside = new Section(place);
                included.contentInto(inside, parser.deeper(depth));
                included.add(section, keyOf(options, source, place), inside, place);
            } else {
                included.contentInto(section, depth);
            }
            session.leave();
        }
        if (found == 0 && !options.missingIsFine) {
            throw UclFault.at(place, "There is no file '" + Shown.of(path) + "' to include.");
        }
    }

    private static String keyOf(Options options, UclSource source, Place place) {
        if (options.key != null && !options.key.isEmpty()) {
            return options.key;
        }
        String file = source.file();
        if (file == null) {
            throw UclFault.at(place, "The option 'key' is missing.");
        }
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.endsWith(".conf") && name.length() > 5 ? name.substring(0, name.length() - 5) : name;
    }
}
