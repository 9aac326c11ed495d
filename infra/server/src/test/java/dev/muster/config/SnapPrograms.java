package dev.muster.config;

import dev.muster.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The programs of snaps on one machine: each runs for a device whose socket it finds in its environment. */
final class SnapPrograms implements AutoCloseable {

    static final String ACCOUNT = "f22PSauKuNkwQTM9Wz67ZCjNACuSjjhN";

    private static final Path SOURCES = Path.of("src/test/resources/registries").toAbsolutePath();
    private static final Duration RUN_MAX = Duration.ofSeconds(60);

    final Path place;
    private final Programs programs;

    /** Skips the tests where there is no Python. */
    SnapPrograms() throws IOException {
        Path python = Programs.assume("python3", "python3");
        place = Files.createTempDirectory("snaps");
        programs = new Programs(place.resolve("log"));
        Files.createDirectory(place.resolve("bin"));
        Files.createDirectory(place.resolve("plugs"));
        Path snapctl = place.resolve("bin/snapctl");
        Files.writeString(snapctl, "#!/bin/sh\nexec " + python + " -B " + SOURCES.resolve("snapctl.py") + " \"$@\"\n");
        Files.setPosixFilePermissions(snapctl, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static String text(String name) throws IOException {
        return Files.readString(SOURCES.resolve(name));
    }

    /** Where the socket of a device is. */
    Path socket(String device) {
        return place.resolve(device);
    }

    /** Gives snaps a view, {@code <account>/<schema>/<view>}, under a name. */
    void plug(String name, String view) throws IOException {
        Files.writeString(place.resolve("plugs").resolve(name), view);
    }

    /** On a device, with what a snap's programs find in their environment. */
    Machine on(String device, String instance, String server) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ACCOUNT_ID", ACCOUNT);
        environment.put("SNAPD_SOCKET", socket(device).toString());
        environment.put("SNAP_INSTANCE_NAME", instance);
        environment.put("SNAP_PLUGS", place.resolve("plugs").toString());
        environment.put("POC_SERVER", server);
        environment.put("PATH", place.resolve("bin") + ":" + System.getenv("PATH"));
        return new Machine(environment);
    }

    final class Machine {

        private final Map<String, String> environment;

        private Machine(Map<String, String> environment) {
            this.environment = environment;
        }

        /** Runs one of the programs to its end, which must be a good one; answers what it said. */
        String run(String program, String... arguments) {
            List<String> argv = new ArrayList<>(List.of("python3", "-B", SOURCES.resolve(program) + ".py"));
            argv.addAll(List.of(arguments));
            return good(argv);
        }

        String snapctl(String... arguments) {
            List<String> argv =
                    new ArrayList<>(List.of(place.resolve("bin/snapctl").toString()));
            argv.addAll(List.of(arguments));
            return good(argv);
        }

        void configure() {
            good(List.of("sh", SOURCES.resolve("configure.sh").toString()));
        }

        private String good(List<String> argv) {
            Programs.Result result = programs.run(environment, null, RUN_MAX, argv);
            if (result.exit() != 0) {
                throw new AssertionError(argv + " ended with " + result.exit() + ": " + result.errors());
            }
            return result.text().strip();
        }
    }

    @Override
    public void close() {
        programs.close();
    }
}
