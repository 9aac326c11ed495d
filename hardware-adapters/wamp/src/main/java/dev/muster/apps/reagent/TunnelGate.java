package dev.muster.apps.reagent;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the tunnel server (frps, by its server plugin) whose tunnel a tunnel is: one that opens it proves to be the
 * device by the device's secret, and may only open it under its own name and at a port that was given to it.
 */
final class TunnelGate {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String YES = "{\"reject\":false,\"unchange\":true}";
    private static final Pattern NAME =
            Pattern.compile("(?:secure-)?(([1-9][0-9]{0,17})-[a-z0-9-]{1,63}-[1-9][0-9]{0,4})-(http|https|tcp|udp)");

    private final AppAgents agents;
    private final AgentSecrets secrets;
    private final TunnelPorts tunnels;

    TunnelGate(AppAgents agents, AgentSecrets secrets, TunnelPorts tunnels) {
        this.agents = agents;
        this.secrets = secrets;
        this.tunnels = tunnels;
    }

    /** The text of the proof that a device's tunnel client brings. */
    static String proof(String secret, AgentKey key) {
        return Proofs.of(secret, "tunnel-authz:v1:" + key);
    }

    /** The plugin's answer; whatever cannot be read is rejected. */
    Mono<String> answer(byte[] body) {
        JsonNode asked;
        try {
            asked = JSON.readTree(body);
        } catch (JacksonException e) {
            return Mono.just(no("That is no question of a tunnel server."));
        }
        JsonNode content = asked.path("content");
        return switch (asked.path("op").asString("")) {
            // Which device it is cannot be told yet; that it is one is proved with its first tunnel.
            case "Login" ->
                Mono.just(
                        content.path("metas").path("tunnel_proof").asString("").isEmpty()
                                ? no("This tunnel server is for devices.")
                                : YES);
            case "NewProxy" -> opened(content);
            default -> Mono.just(YES);
        };
    }

    private Mono<String> opened(JsonNode content) {
        Matcher name = NAME.matcher(content.path("proxy_name").asString(""));
        if (!name.matches()) {
            return Mono.just(no("The tunnel's name is no device's."));
        }
        AgentKey key = new AgentKey(Long.parseLong(name.group(2)));
        AppAgent agent = agents.keyed(key);
        if (agent == null) {
            return Mono.just(no("There is no such device."));
        }
        return Mono.fromCallable(() -> secrets.find(agent.device(), agent.secretId()))
                .subscribeOn(Schedulers.boundedElastic())
                .map(secret -> {
                    String proof = content.path("user")
                            .path("metas")
                            .path("tunnel_proof")
                            .asString("");
                    boolean isProved = secret.isPresent() && Proofs.isSame(proof(secret.get(), key), proof);
                    String why = isProved ? fault(agent, name, content) : "The device does not prove to be itself.";
                    return why == null ? YES : no(why);
                });
    }

    /** Why it may not be opened, or null. */
    private @Nullable String fault(AppAgent agent, Matcher name, JsonNode content) {
        String protocol = name.group(3);
        String type = content.path("proxy_type").asString("");
        boolean isSecure = content.path("proxy_name").asString("").startsWith("secure-");
        if (!type.equals(protocol) || isSecure != protocol.equals("https")) {
            return "The tunnel's name and kind do not agree.";
        }
        if (!content.path("custom_domains").isEmpty()) {
            return "Devices have no names of their own.";
        }
        return switch (protocol) {
            case "http", "https" -> {
                String subdomain = content.path("subdomain").asString("");
                yield subdomain.equals(name.group(1)) || subdomain.equals("secure-" + name.group(1))
                        ? null
                        : "The subdomain is not the device's.";
            }
            default ->
                tunnels.isOf(agent.device(), content.path("remote_port").asInt(0))
                        ? null
                        : "The port was not given to the device.";
        };
    }

    private static String no(String why) {
        return JSON.writeValueAsString(Map.of("reject", true, "reject_reason", why));
    }
}
