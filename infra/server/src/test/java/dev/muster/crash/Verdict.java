package dev.muster.crash;

import dev.muster.server.OfflineTools;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger held against the events of the stopped server.
 *
 * @param acknowledged how many writes the server acknowledged
 * @param lost acknowledged writes without their event
 * @param doubled tried writes with more than one event, acknowledged or not
 * @param events how many events there are
 */
record Verdict(int acknowledged, List<Deed> lost, List<Deed> doubled, long events) {

    static Verdict of(Path ledger, Path data, Path export) throws IOException {
        run(export, "events", "export", "--data=" + data);
        run(export.resolveSibling("verify.txt"), "events", "verify", "--data=" + data);
        Map<String, Integer> seen = new HashMap<>();
        long events;
        try (Stream<String> lines = Files.lines(export)) {
            events = lines.peek(line -> count(JsonMapper.shared().readTree(line), seen))
                    .toList()
                    .size();
        }
        List<Deed> deeds = Ledger.read(ledger);
        List<Deed> acknowledged = deeds.stream().filter(Deed::acknowledged).toList();
        return new Verdict(
                acknowledged.size(),
                acknowledged.stream()
                        .filter(deed -> !seen.containsKey(key(deed)))
                        .toList(),
                deeds.stream()
                        .filter(deed -> !deed.acknowledged())
                        .filter(deed -> seen.getOrDefault(key(deed), 0) > 1)
                        .toList(),
                events);
    }

    private static void count(JsonNode event, Map<String, Integer> seen) {
        for (Deed.What what : Deed.What.values()) {
            if (event.path("type").asString("").equals(what.event)) {
                JsonNode name = event.path("payload").path(what.member);
                seen.merge(what + " " + name.asString(), 1, Integer::sum);
            }
        }
    }

    private static String key(Deed deed) {
        return deed.what() + " " + deed.name();
    }

    private static void run(Path output, String... words) throws IOException {
        try (PrintStream out = new PrintStream(
                new BufferedOutputStream(Files.newOutputStream(output)), false, StandardCharsets.UTF_8)) {
            int code = OfflineTools.run(words, out, System.err);
            if (code != 0) {
                throw new IOException(String.join(" ", words) + " ended with " + code);
            }
        }
    }
}
