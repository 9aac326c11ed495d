package dev.muster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lab's setup script (contract §6) as a test wants it: it notes its calls and does what it is told. */
final class LabScript {

    private static final String TEXT = """
            #!/bin/sh
            cat >"stdin-$1-$2.new" && mv "stdin-$1-$2.new" "stdin-$1-$2"
            echo "$1 $2 $3" >>calls
            env >"env-$1-$2"
            if [ -f "do-$1-$2" ]; then . "./do-$1-$2"; fi
            echo "$1 $2 ended" >>calls
            if [ "$1" = reserve ] && [ -f answer ]; then cat answer; fi
            """;

    private final Path dir;

    /** @param dir is the script's own */
    LabScript(Path dir) {
        this.dir = dir;
        try {
            Files.createDirectories(dir);
            Files.writeString(path(), TEXT);
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return dir.resolve("board_script");
    }

    /** Lines of shell that run on every such call from now on, until others are said. */
    void does(String action, String board, String shell) {
        put("do-" + action + "-" + board, shell + "\n");
    }

    /** What it answers on reserve when it ends well: a JSON object. */
    void answers(String json) {
        put("answer", json);
    }

    /** A file beside the script, there at once or not at all. */
    void put(String name, String text) {
        try {
            Path beside = Files.writeString(dir.resolve(name + ".new"), text);
            Files.move(beside, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return Files.exists(dir.resolve(name));
    }

    /** {@code action board user} of every call that began and {@code action board ended} of each that came to its end. */
    List<String> calls() {
        return has("calls") ? read("calls").lines().toList() : List.of();
    }

    /** How often it began to do this. */
    long calls(String action, String board) {
        String start = action + " " + board + " ";
        return calls().stream()
                .filter(call -> call.startsWith(start) && !call.equals(start + "ended"))
                .count();
    }

    /** What it was told on standard input the last time. */
    JsonNode told(String action, String board) {
        return JsonMapper.shared().readTree(read("stdin-" + action + "-" + board));
    }

    /** Its environment the last time. */
    List<String> environment(String action, String board) {
        return read("env-" + action + "-" + board).lines().toList();
    }

    private String read(String name) {
        try {
            return Files.readString(dir.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
