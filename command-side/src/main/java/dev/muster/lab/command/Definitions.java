package dev.muster.lab.command;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether two definitions say the same, also when one of them went through history, where numbers lose their width. */
final class Definitions {

    private Definitions() {}

    static boolean same(BoardDefinition one, BoardDefinition other) {
        return plain(one).equals(plain(other));
    }

    private static BoardDefinition plain(BoardDefinition it) {
        return new BoardDefinition(
                it.name(),
                it.brdclass(),
                it.attributes(),
                it.options().stream().map(Definitions::plain).toList(),
                it.tags(),
                it.pool(),
                it.defaultSeconds(),
                it.maxSeconds(),
                it.keepsPower(),
                it.deviceId(),
                it.flashBack());
    }

    private static BoardOption plain(BoardOption option) {
        Map<String, Object> parameters = new HashMap<>(option.parameters());
        parameters.replaceAll((name, value) -> plain(value));
        return new BoardOption(option.cls(), parameters);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case List<?> list ->
                list.stream().map(each -> each == null ? "" : plain(each)).toList();
            default -> value;
        };
    }
}
