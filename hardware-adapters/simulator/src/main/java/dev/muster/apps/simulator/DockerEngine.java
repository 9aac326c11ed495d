package dev.muster.apps.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A real engine, by the {@code docker} command, which goes where {@code DOCKER_HOST} says. Containers get none of the
 * privileges that the real agent gives them: what is tried out on somebody's machine should not own it. Their ports are
 * open to that machine alone.
 */
public final class DockerEngine implements ContainerEngine {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Duration PULL_MAX = Duration.ofMinutes(10);
    private static final int STOP_S = 5;
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,250}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,511}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,250}");

    private final Path config;
    private final DockerCommand docker;
    private final Map<String, ContainerFollower> followers = new ConcurrentHashMap<>();

    public DockerEngine() {
        try {
            config = Files.createTempDirectory("muster-docker");
            // Podman in docker's clothes wants it to be there.
            Files.writeString(config.resolve("config.json"), "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        docker = new DockerCommand(config);
    }

    @Override
    public boolean hasImage(String image, boolean isBelieved) throws AgentFault, InterruptedException {
        return docker.said(SOON, "", "image", "inspect", "--format", "{{.Id}}", image(image))
                .isWell();
    }

    /** With a sign-in that is forgotten at once. */
    @Override
    public void pull(String image, RegistryLogin login) throws AgentFault, InterruptedException {
        String registry = image(login.registry());
        docker.done(SOON, login.password(), "login", "--username", login.user(), "--password-stdin", registry);
        try {
            docker.done(PULL_MAX, "", "pull", "--quiet", image(image));
        } finally {
            docker.said(SOON, "", "logout", registry);
        }
    }

    @Override
    public void start(ContainerOrder order, Listener listener) throws AgentFault, InterruptedException {
        if (order.isComposition()) {
            throw DockerCommand.fault("apps of several containers are not run here");
        }
        remove(order.name());
        List<String> words = new ArrayList<>(List.of(
                "run", "--detach", "--pull", "never", "--name", container(order.name()), "--env-file", "/dev/stdin"));
        order.ports().forEach(port -> words.addAll(List.of("--publish", "127.0.0.1:" + port)));
        words.add(image(order.image()));
        try {
            docker.done(START_MAX, environment(order.environment()), words.toArray(String[]::new));
        } catch (AgentFault e) {
            // What could not be started is there all the same, and would be in the way.
            remove(order.name());
            throw e;
        }
        listen(order.name(), true, listener);
    }

    /** Over standard input, where no list of processes shows it. */
    private static String environment(Map<String, String> all) throws AgentFault {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> each : all.entrySet()) {
            if (!VARIABLE.matcher(each.getKey()).matches()) {
                throw DockerCommand.fault("'" + each.getKey() + "' is no name in an environment");
            }
            lines.append(each.getKey()).append('=').append(each.getValue()).append('\n');
        }
        return lines.toString();
    }

    @Override
    public boolean follow(String container, Listener listener) throws AgentFault, InterruptedException {
        if (followers.containsKey(container)) {
            return true;
        }
        if (!ContainerFollower.isRunning(docker, container(container))) {
            return false;
        }
        listen(container, false, listener);
        return true;
    }

    private void listen(String container, boolean isNew, Listener listener) throws AgentFault {
        ContainerFollower follower =
                new ContainerFollower(docker, container, listener, gone -> followers.remove(container, gone));
        followers.put(container, follower);
        follower.start(isNew);
    }

    /** Its last words are still heard. */
    @Override
    public void stop(String container) throws AgentFault, InterruptedException {
        expected(container);
        gone(docker.said(SOON, "", "stop", "-t", Integer.toString(STOP_S), container(container)));
    }

    @Override
    public void remove(String container) throws AgentFault, InterruptedException {
        expected(container);
        gone(docker.said(SOON, "", "rm", "--force", "--volumes", container(container)));
    }

    private void expected(String container) {
        ContainerFollower follower = followers.remove(container);
        if (follower != null) {
            follower.expectsEnd();
        }
    }

    @Override
    public void removeImage(String image) throws AgentFault, InterruptedException {
        docker.said(SOON, "", "image", "rm", image(image));
    }

    /** What is not there is gone. */
    private static void gone(DockerCommand.Said said) throws AgentFault {
        String complaint = said.complaint();
        if (!said.isWell() && !complaint.contains("No such container") && !complaint.contains("no such container")) {
            throw DockerCommand.fault(complaint);
        }
    }

    private static String container(String name) throws AgentFault {
        return named(CONTAINER, name, "container");
    }

    private static String image(String name) throws AgentFault {
        return named(IMAGE, name, "image");
    }

    /** Nothing that the command could take for an option. */
    private static String named(Pattern shape, String name, String what) throws AgentFault {
        if (!shape.matcher(name).matches()) {
            throw DockerCommand.fault("'" + name + "' is no name of a" + (what.equals("image") ? "n " : " ") + what);
        }
        return name;
    }

    @Override
    public void close() {
        List.copyOf(followers.values()).forEach(ContainerFollower::close);
        followers.clear();
        docker.close();
        try {
            Files.deleteIfExists(config.resolve("config.json"));
            Files.deleteIfExists(config);
        } catch (IOException e) {
            // A folder of its own under the system's temporary ones; nothing in it is secret any more.
        }
    }
}
