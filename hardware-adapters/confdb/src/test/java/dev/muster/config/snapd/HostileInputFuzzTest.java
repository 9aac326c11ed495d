package dev.muster.config.snapd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.config.Json;
import java.time.Duration;

/** Whatever is sent is read or refused with a 4xx; nothing else happens. */
class HostileInputFuzzTest {

    private static final ConfdbSettings SETTINGS = ConfdbSettings.DEFAULTS;

    @FuzzTest
    void aPathLeadsSomewhereOrNowhere(String path) {
        if (path == null) {
            return;
        }
        for (Generation generation : Generation.values()) {
            Target target = Target.find(path, generation);
            if (target instanceof Target.OfView view
                    && (view.view().indexOf('/') >= 0 || view.account().isEmpty())) {
                throw new AssertionError("a slash got through: " + path);
            }
        }
        ConfdbHandler.serves("/registries/devices/" + path);
    }

    @FuzzTest
    void aQuestionIsReadOrRefused(String query) {
        for (Generation generation : Generation.values()) {
            refusedAtMost(() -> {
                Question question = Question.read(Query.read(query), generation, SETTINGS);
                if (question.paths().size() > SETTINGS.pathsMax()
                        || question.paths().contains("")) {
                    throw new AssertionError("paths that are none: " + query);
                }
            });
        }
    }

    @FuzzTest
    void aBodyIsReadOrRefused(byte[] body) {
        refusedAtMost(() -> {
            Json.Members read = Bodies.object(body);
            WriteBody.texts(read);
            for (Generation generation : Generation.values()) {
                refusedAtMost(() -> {
                    if (WriteBody.read(read, generation, SETTINGS).values().isEmpty()) {
                        throw new AssertionError("an order to do nothing");
                    }
                });
            }
        });
    }

    @FuzzTest
    void aTimeIsReadOrRefused(String text) {
        refusedAtMost(() -> {
            Duration time = WaitTime.read(text, SETTINGS.accessTimeoutMax());
            if (time != null && (time.isNegative() || time.compareTo(SETTINGS.accessTimeoutMax()) > 0)) {
                throw new AssertionError("no time to wait: " + text);
            }
        });
        refusedAtMost(() -> Question.constraints(text));
    }

    private static void refusedAtMost(Runnable reading) {
        try {
            reading.run();
        } catch (ConfdbFailure refused) {
            if (refused.status() >= 500) {
                throw refused;
            }
        }
    }
}
