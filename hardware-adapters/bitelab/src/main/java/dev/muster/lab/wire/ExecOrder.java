package dev.muster.lab.wire;

import dev.muster.lab.BoardProcesses.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What shall run in a board's environment (contract §5.2). What the user sets of variables and directory is set by
 * {@code env} inside the environment: outside of it, before the words that lead into it, it would be the server's own
 * programs that obey.
 *
 * @param argv behind the words that lead into the environment
 */
record ExecOrder(List<String> argv, @Nullable Terminal terminal) {

    private static final int WORDS_MAX = 1024;
    private static final int LENGTH_MAX = 128 << 10;
    private static final int VARIABLES_MAX = 128;
    private static final int SIDE_MAX = 10_000;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern TERM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

    ExecOrder {
        argv = List.copyOf(argv);
    }

    /** Refuses with {@code bad-value} what is no order. */
    static ExecOrder read(Members message) {
        List<String> words = words(message);
        List<String> settings = settings(message);
        List<String> argv = new ArrayList<>();
        if (!settings.isEmpty()) {
            if (words.getFirst().indexOf('=') >= 0) {
                throw WireFailure.badValue("A program whose name has '=' in it can have no variables.");
            }
            argv.add("env");
            argv.addAll(settings);
        }
        argv.addAll(words);
        if (argv.stream().mapToInt(String::length).sum() > LENGTH_MAX) {
            throw WireFailure.badValue("The command line is longer than " + LENGTH_MAX + " characters.");
        }
        return new ExecOrder(argv, terminal(message.any("pty")));
    }

    private static List<String> words(Members message) {
        JsonNode args = message.any("args");
        if (args == null || !args.isArray() || args.isEmpty() || args.size() > WORDS_MAX) {
            throw WireFailure.badValue("'args' is a list of 1 to " + WORDS_MAX + " texts.");
        }
        List<String> words = new ArrayList<>();
        for (JsonNode each : args) {
            words.add(word("args", each));
        }
        if (words.getFirst().isEmpty()) {
            throw WireFailure.badValue("The program has no name.");
        }
        return words;
    }

    private static List<String> settings(Members message) {
        List<String> settings = new ArrayList<>();
        JsonNode cwd = message.any("cwd");
        if (cwd != null) {
            String directory = word("cwd", cwd);
            if (directory.isEmpty()) {
                throw WireFailure.badValue("'cwd' is a directory or null.");
            }
            settings.add("-C");
            settings.add(directory);
        }
        JsonNode env = message.any("env");
        if (env == null) {
            return settings;
        }
        if (!env.isObject() || env.size() > VARIABLES_MAX) {
            throw WireFailure.badValue("'env' is an object of at most " + VARIABLES_MAX + " texts.");
        }
        Map<String, String> variables = new TreeMap<>();
        env.properties().forEach(each -> {
            if (!VARIABLE.matcher(each.getKey()).matches()) {
                throw WireFailure.badValue("'env' has a name that no variable can have.");
            }
            variables.put(each.getKey(), word("env", each.getValue()));
        });
        variables.forEach((name, value) -> settings.add(name + "=" + value));
        return settings;
    }

    private static String word(String member, JsonNode value) {
        if (!value.isString() || value.asString().indexOf(0) >= 0) {
            throw WireFailure.badValue("'" + member + "' has something that is no text without NUL.");
        }
        return value.asString();
    }

    private static @Nullable Terminal terminal(@Nullable JsonNode pty) {
        if (pty == null) {
            return null;
        }
        if (!pty.isObject()) {
            throw WireFailure.badValue("'pty' is an object with term, cols and rows, or null.");
        }
        Members members = new Members(pty);
        String term = members.text("term");
        if (term != null && !TERM.matcher(term).matches()) {
            throw WireFailure.badValue("'term' is no kind of terminal.");
        }
        int cols = members.any("cols") == null ? 80 : members.number("cols", 1, SIDE_MAX);
        int rows = members.any("rows") == null ? 24 : members.number("rows", 1, SIDE_MAX);
        return new Terminal(term == null ? "xterm" : term, cols, rows);
    }

    /** The new size of a terminal. */
    static Terminal resized(Members message) {
        if (message.any("cols") == null || message.any("rows") == null) {
            throw WireFailure.badValue("A terminal has 'cols' and 'rows'.");
        }
        return new Terminal("", message.number("cols", 1, SIDE_MAX), message.number("rows", 1, SIDE_MAX));
    }
}
