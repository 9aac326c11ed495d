package dev.muster.lab.boards.ucl;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all texts of one reading share: the limits, what is used up of them, and which files are open. */
final class Session {

    private final UclLimits limits;
    private final Includes includes;
    private final Map<String, String> variables;
    private final Deque<UclSource> open = new ArrayDeque<>();

    private boolean selfContained = true;
    private long bytes;
    private int nodes;
    private int included;
    private long expanded;

    Session(UclLimits limits, Includes includes, Map<String, String> variables) {
        this.limits = limits;
        this.includes = includes;
        this.variables = variables;
    }

    boolean isSelfContained() {
        return selfContained;
    }

    int nestingMax() {
        return limits.nestingMax();
    }

    /** Checks the text and makes it readable. */
    Cursor opened(UclSource source) {
        if (source.text().length() > limits.textBytesMax()) {
            throw UclFault.at(new Place(1, 1, source.file()), Characters.tooLong(limits.textBytesMax()));
        }
        Cursor cursor = new Cursor(source);
        bytes += Characters.checked(cursor, limits.textBytesMax());
        if (bytes > limits.totalBytesMax()) {
            throw cursor.fault(0, "All texts together are longer than " + limits.totalBytesMax() + " bytes.");
        }
        return cursor;
    }

    void countNode(Cursor in) {
        if (++nodes > limits.nodesMax()) {
            throw in.fault("There are more than " + limits.nodesMax() + " values.");
        }
    }

    Map<String, String> variablesOf(UclSource source) {
        String file = source.file();
        if (file == null) {
            return variables;
        }
        Map<String, String> all = new HashMap<>(variables);
        all.put("FILENAME", file);
        Path directory = Path.of(file).getParent();
        all.put("CURDIR", directory == null ? "." : directory.toString());
        return all;
    }

    void countExpanded(String value, Cursor in) {
        selfContained = false;
        expanded += value.length();
        if (expanded > limits.expandedMax()) {
            throw in.fault("Variables make the text too long.");
        }
    }

    /** What an include names; the caller reads each between {@link #enter} and {@link #leave}. */
    List<UclSource> find(UclSource from, String path, boolean pattern, Place place) {
        selfContained = false;
        try {
            return includes.find(from, path, pattern);
        } catch (Includes.NotAllowed e) {
            throw UclFault.at(place, String.valueOf(e.getMessage()));
        }
    }

    void enter(UclSource from, UclSource source, Place place) {
        if (open.isEmpty()) {
            open.push(from);
        }
        if (++included > limits.includesMax()) {
            throw UclFault.at(place, "More than " + limits.includesMax() + " files are included.");
        }
        if (open.size() > limits.includeDepthMax()) {
            throw UclFault.at(place, "Files include each other deeper than " + limits.includeDepthMax() + ".");
        }
        String file = source.file();
        if (file != null && open.stream().anyMatch(each -> file.equals(each.file()))) {
            throw UclFault.at(place, "The file includes itself.");
        }
        open.push(source);
    }

    void leave() {
        open.pop();
    }
}
