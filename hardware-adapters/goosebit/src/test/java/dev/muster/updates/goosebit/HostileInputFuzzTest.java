package dev.muster.updates.goosebit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tools.jackson.databind.JsonNode;

/** Whatever is sent is read or refused in words; nothing else happens. */
class HostileInputFuzzTest {

    @FuzzTest
    void aPathIsReadOrRefused(String path) {
        if (path == null) {
            return;
        }
        refusedAtMost(() -> {
            DevicePath read = DevicePath.read("/" + path);
            if (read != null && read.device().indexOf('/') >= 0) {
                throw new AssertionError("a slash got through: " + path);
            }
        });
        refusedAtMost(() -> DevicePath.actionNumber(path));
        refusedAtMost(() -> TableQuery.of(Form.read(path)));
        FileAnswers.faultOf(path);
        FileAnswers.disposition(path);
        Addresses.v4(path);
        Addresses.v6(path);
        Links.isHost(path);
    }

    @FuzzTest
    void aBodyIsReadOrRefused(byte[] body) {
        JsonNode[] read = new JsonNode[1];
        refusedAtMost(() -> read[0] = Json.read(body));
        JsonNode json = read[0];
        if (json == null) {
            return;
        }
        refusedAtMost(() -> Reports.feedback(json).asFeedback());
        refusedAtMost(() -> Reports.attributes(json));
        refusedAtMost(() -> TableQuery.of(json));
        refusedAtMost(() -> DevicePatch.of(Input.of(json)));
    }

    private static void refusedAtMost(Runnable reading) {
        try {
            reading.run();
        } catch (WireFailure refused) {
            if (refused.status() < 400 || refused.status() >= 500) {
                throw refused;
            }
        }
    }
}
