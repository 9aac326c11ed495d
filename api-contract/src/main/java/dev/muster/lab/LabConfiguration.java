package dev.muster.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of the lab, secrets included: for adapters, never for history.
 *
 * @param setupScript absolute path of the program that makes and unmakes environments, null for none
 * @param classes attributes by name of class
 * @param boards in the order of the file
 * @param switches parameters by name, what an option's {@code host} may refer to
 */
public record LabConfiguration(
        @Nullable String setupScript,
        Map<String, Map<String, String>> classes,
        List<BoardDefinition> boards,
        Map<String, Map<String, Object>> switches) {

    public static final LabConfiguration EMPTY = new LabConfiguration(null, Map.of(), List.of(), Map.of());

    public LabConfiguration {
        classes = Map.copyOf(classes);
        boards = List.copyOf(boards);
        switches = Map.copyOf(switches);
    }

    /** Without what switches are told, for among it are secrets. */
    @Override
    public String toString() {
        return "LabConfiguration[" + boards + ", switches " + new TreeSet<>(switches.keySet()) + "]";
    }

    public Optional<BoardDefinition> board(BoardName name) {
        return boards.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
