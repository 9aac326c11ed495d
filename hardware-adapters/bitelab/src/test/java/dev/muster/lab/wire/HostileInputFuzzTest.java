package dev.muster.lab.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is sent is read or refused in words; nothing else happens. */
class HostileInputFuzzTest {

    private static final Paths PATHS = new Paths("/bitelab");

    @FuzzTest
    void aPathLeadsSomewhereOrNowhere(String path) {
        if (path == null) {
            return;
        }
        for (Route route : PATHS.find("/bitelab" + path)) {
            if (route.target() == Target.CONTROLLER && !path.contains("contssh") && path.indexOf('%') < 0) {
                throw new AssertionError("a way to the controller: " + path);
            }
        }
        refusedAtMost(() -> Query.read(path));
    }

    @FuzzTest
    void anOrderIsReadOrRefused(byte[] message) {
        refusedAtMost(() -> {
            Members members = Members.read(message);
            ExecOrder order = ExecOrder.read(members);
            if (order.argv().isEmpty() || order.argv().stream().anyMatch(each -> each.indexOf(0) >= 0)) {
                throw new AssertionError("no command line: " + order);
            }
        });
        refusedAtMost(() -> ExecOrder.resized(Members.read(message)));
    }

    @FuzzTest
    void aWishIsReadOrRefused(byte[] body) {
        Members[] members = new Members[1];
        refusedAtMost(() -> members[0] = Members.read(body));
        if (members[0] == null) {
            return;
        }
        Members read = members[0];
        refusedAtMost(() -> read.duration("duration"));
        refusedAtMost(() -> read.time("earliest"));
        refusedAtMost(() -> read.texts("context"));
        refusedAtMost(() -> read.powerWish());
        refusedAtMost(() -> read.number("priority", -1, 1));
        refusedAtMost(() -> read.flag("force"));
        refusedAtMost(() -> {
            for (String key : read.keys("sshpubkey")) {
                if (key.indexOf('\n') >= 0 || key.indexOf('\r') >= 0 || !key.contains(" ")) {
                    throw new AssertionError("no key: " + key);
                }
            }
        });
        refusedAtMost(() -> Durations.read("wait", new String(body, StandardCharsets.UTF_8)));
    }

    private static void refusedAtMost(Runnable reading) {
        try {
            reading.run();
        } catch (WireFailure refused) {
            if (refused.status() >= 500) {
                throw refused;
            }
        }
    }
}
