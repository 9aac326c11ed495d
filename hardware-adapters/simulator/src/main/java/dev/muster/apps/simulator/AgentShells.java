package dev.muster.apps.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Shells that answer each line with what it was: {@code ls} is answered with {@code ran ls}, {@code exit} ends them.
 * Those of the device are one for each caller, those in containers end with a registration at the router.
 */
final class AgentShells {

    private static final String END = "TERMINAL_EOF";

    private final String own;
    private final WampClient wire;
    private final Map<String, Shell> byId = new ConcurrentHashMap<>();
    /** Of the device, by whoever called. */
    private final Map<String, Shell> byCaller = new ConcurrentHashMap<>();

    AgentShells(String serial, WampClient wire) {
        this.own = "re.mgmt." + serial + ".";
        this.wire = wire;
    }

    private final class Shell {

        private final String id = UUID.randomUUID().toString();
        private final String infix;
        private final boolean isEncoded;
        private final StringBuilder line = new StringBuilder();
        private volatile long registration;
        private volatile boolean isOver;

        Shell(String container) {
            this.infix = container.isEmpty() ? "" : container + ".";
            this.isEncoded = !container.isEmpty();
        }

        String topic(String kind) {
            return own + kind + "." + infix + id;
        }

        void open() throws AgentFault, InterruptedException {
            wire.subscribe(
                    topic("term_write"), (args, kwargs) -> typed(args.path(0).asString("")));
            wire.register(topic("term_resize"), true, (details, args, kwargs) -> {
                JsonNode size = args.path(0);
                if (!size.path("height").isIntegralNumber()
                        || !size.path("width").isIntegralNumber()) {
                    throw new AgentFault("resize", "height and width are unsigned numbers");
                }
                says("size " + size.path("height").asInt(0) + "x"
                        + size.path("width").asInt(0) + "\r\n");
                return Yielded.NOTHING;
            });
            byId.put(id, this);
        }

        private void typed(String text) {
            for (char c : text.toCharArray()) {
                if (c != '\r' && c != '\n') {
                    line.append(c);
                    continue;
                }
                String command = line.toString();
                line.setLength(0);
                if (command.equals("exit")) {
                    end();
                    return;
                }
                says("ran " + command + "\r\n");
            }
        }

        void says(String text) {
            if (isOver) {
                return;
            }
            String sent = isEncoded ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) : text;
            try {
                wire.publish(topic(isEncoded ? "term_data" : "data"), List.of(sent), true);
            } catch (AgentFault e) {
                isOver = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end() {
            says(END);
            isOver = true;
            byId.remove(id);
            byCaller.values().remove(this);
        }

        Map<String, Object> told() {
            return Map.of(
                    "sessionID",
                    id,
                    "writeTopic",
                    topic("term_write"),
                    "dataTopic",
                    topic(isEncoded ? "term_data" : "data"),
                    "resizeTopic",
                    topic("term_resize"));
        }
    }

    Yielded ofDevice(String caller) throws AgentFault, InterruptedException {
        Shell known = byCaller.get(caller);
        if (known == null) {
            known = new Shell("");
            known.open();
            byCaller.put(caller, known);
        }
        return Yielded.of(known.told());
    }

    Yielded inContainer(String container) throws AgentFault, InterruptedException {
        Shell shell = new Shell(container);
        shell.open();
        return Yielded.of(shell.told());
    }

    Yielded start(JsonNode order) throws AgentFault {
        Shell shell = known(order);
        if (!order.path("registrationID").isIntegralNumber()) {
            throw new AgentFault("shell", "registrationID is not an unsigned number");
        }
        shell.registration = order.path("registrationID").asLong(0);
        shell.says("$ ");
        return Yielded.NOTHING;
    }

    Yielded stop(JsonNode order) throws AgentFault {
        known(order).end();
        return Yielded.NOTHING;
    }

    private Shell known(JsonNode order) throws AgentFault {
        Shell shell = byId.get(order.path("sessionID").asString(""));
        if (shell == null) {
            throw new AgentFault("shell", "there is no such session");
        }
        return shell;
    }

    /** The router says that a registration is gone. */
    void unregistered(long registration) {
        byId.values().stream()
                .filter(each -> each.registration == registration && registration > 0)
                .toList()
                .forEach(Shell::end);
    }

    int open() {
        return byId.size();
    }
}
