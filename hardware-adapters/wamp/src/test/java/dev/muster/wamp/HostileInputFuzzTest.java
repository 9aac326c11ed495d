package dev.muster.wamp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever is sent is read or refused; nothing else happens, and nobody else notices. */
class HostileInputFuzzTest {

    @FuzzTest
    void aMessageIsReadOrRefused(byte[] bytes) {
        for (Codec codec : Codec.values()) {
            List<Object> list;
            try {
                list = codec.read(bytes);
            } catch (ProtocolViolation refused) {
                continue;
            }
            byte[] written = codec.write(list);
            if (!List.of(list.size()).equals(List.of(codec.read(written).size()))) {
                throw new AssertionError("what was read cannot be written: " + list);
            }
            try {
                Message message = WireForm.read(list);
                for (Codec other : Codec.values()) {
                    var unused = other.write(WireForm.of(message));
                }
            } catch (ProtocolViolation refused) {
                // As it should be.
            }
        }
    }

    /** Line by line, as somebody who is in. */
    @FuzzTest
    void whateverASessionSaysHurtsNobodyElse(byte[] bytes) {
        TestRouter house = new TestRouter();
        Peer other = house.join("ann");
        Peer hostile = house.join("2-3");
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            if (!hostile.isEnded) {
                hostile.says(line);
            }
        }
        hostile.breaksOff();
        other.heard.clear();
        String count = other.ask("wamp.session.count", "[]");
        if (!count.equals("[1]") && !other.isEnded) {
            throw new AssertionError("a ghost: " + count);
        }
    }

    @FuzzTest
    void aUriIsOneOrNot(String uri) {
        if (uri == null) {
            return;
        }
        PatternTable<String> table = new PatternTable<>();
        for (Match match : Match.values()) {
            if (Uris.isPattern(uri, match)) {
                table.put(uri, match, match.wire);
            }
        }
        if (Uris.isUri(uri)) {
            if (uri.isBlank() || uri.contains("..") || table.matching(uri).size() != 3) {
                throw new AssertionError("no URI: " + uri);
            }
            if (!Match.EXACT.wire.equals(table.closest(uri))) {
                throw new AssertionError("not the closest: " + uri);
            }
        }
        for (Match match : Match.values()) {
            table.remove(uri, match);
        }
        if (!table.matching(uri).isEmpty()) {
            throw new AssertionError("something is left of " + uri);
        }
    }
}
