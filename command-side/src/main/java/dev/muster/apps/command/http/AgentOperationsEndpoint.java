package dev.muster.apps.command.http;

import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.command.AgentOperations;
import dev.muster.apps.command.DeviceTunnels;
import dev.muster.apps.command.TunnelLine;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Given;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * What a device's agent is asked and told while it is there. Agents check little of this themselves, so the permission is
 * checked here. Answers are the agent's own words, as JSON.
 */
@RestController
@RequestMapping("/api/v1/devices/{id}")
public class AgentOperationsEndpoint {

    private static final int ARGUMENTS_MAX = 100;
    private static final int TEXT_MAX = 4_000;
    private static final long WAIT_MILLIS_MAX = 60_000;

    private final AgentOperations operations;
    private final DeviceTunnels tunnels;

    public AgentOperationsEndpoint(AgentOperations operations, DeviceTunnels tunnels) {
        this.operations = operations;
        this.tunnels = tunnels;
    }

    @PostMapping("/agent/reboot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_OPERATE)
    @Operation(summary = "Reboot a device, in two seconds")
    public Mono<Void> reboot(@PathVariable String id) {
        return order(id, "system_reboot");
    }

    @PostMapping("/agent/shutdown")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_OPERATE)
    @Operation(summary = "Switch a device off, in two seconds")
    public Mono<Void> shutdown(@PathVariable String id) {
        return order(id, "system_shutdown");
    }

    @PostMapping("/agent/restart")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_OPERATE)
    @Operation(summary = "Start a device's agent anew, in two seconds")
    public Mono<Void> restart(@PathVariable String id) {
        return order(id, "system_restart_agent");
    }

    private Mono<Void> order(String id, String procedure) {
        return operations.order(new DeviceId(id), procedure, List.of(), null).then();
    }

    @PostMapping("/agent/update")
    @Requires(Permission.APPS_OPERATE)
    @Operation(summary = "Let a device's agent update itself; answers what became of it")
    public Mono<Object> update(@PathVariable String id) {
        return operations
                .order(new DeviceId(id), "update_agent", List.of(), null)
                .map(AgentOperationsEndpoint::first);
    }

    @PostMapping("/agent/prune")
    @Requires(Permission.APPS_OPERATE)
    @Operation(
            summary = "Remove images that no container uses from a device",
            description = "'all=true' removes everything that no running container uses, volumes with their data too.")
    public Mono<Object> prune(
            @PathVariable String id, @RequestParam(required = false, defaultValue = "false") boolean all) {
        // Always with its argument: agents fall over without one.
        return operations
                .order(new DeviceId(id), "prune_images", List.of(Map.of("all", all)), all ? "all" : null)
                .map(Answer::args);
    }

    /**
     * @param command a program
     * @param arguments what it is started with
     * @param waitMillis how long to wait for its output, 1 to 60000; default 10000
     */
    public record Execution(
            @Nullable String command,
            @Nullable List<String> arguments,
            @Nullable Long waitMillis) {}

    /** @param output what the program wrote */
    public record Executed(String output) {}

    @PostMapping("/agent/execute")
    @Requires(Permission.APPS_SHELL)
    @Operation(summary = "Run a program on a device, as root, and answer what it wrote")
    public Mono<Executed> execute(@PathVariable String id, @RequestBody Execution request) {
        DeviceId device = new DeviceId(id);
        String command = Given.required(request.command(), "command");
        List<String> arguments = request.arguments() == null ? List.of() : request.arguments();
        long wait = request.waitMillis() == null ? 10_000 : request.waitMillis();
        boolean fits = !command.isBlank()
                && command.length() <= TEXT_MAX
                && arguments.size() <= ARGUMENTS_MAX
                && arguments.stream().noneMatch(Objects::isNull)
                && arguments.stream().allMatch(each -> each.length() <= TEXT_MAX)
                && wait >= 1
                && wait <= WAIT_MILLIS_MAX;
        if (!fits) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "A command and at most " + ARGUMENTS_MAX + " arguments, for at most a minute.");
        }
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("cmd", command);
        order.put("args", arguments);
        order.put("blocking", true);
        order.put("timeout", wait);
        String line = arguments.isEmpty() ? command : command + " " + String.join(" ", arguments);
        return operations
                .order(device, "execute_cmd", List.of(order), line)
                .map(answer -> new Executed(
                        answer.args().isEmpty()
                                ? ""
                                : String.valueOf(answer.args().getFirst())));
    }

    @GetMapping("/agent/images")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Images on a device")
    public Mono<List<Object>> images(@PathVariable String id) {
        return operations.ask(new DeviceId(id), "get_images", List.of()).map(Answer::args);
    }

    @GetMapping("/agent/containers")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Containers on a device, as its engine tells of them")
    public Mono<Object> containers(@PathVariable String id) {
        return ask(id, "list_containers");
    }

    @GetMapping("/agent/storage")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a device has of processors, memory and disk, and uses of it")
    public Mono<Object> storage(@PathVariable String id) {
        return ask(id, "get_storage_data");
    }

    @GetMapping("/agent/network")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Wired network devices of a device")
    public Mono<List<Object>> network(@PathVariable String id) {
        return operations
                .ask(new DeviceId(id), "list_ethernet_devices", List.of())
                .map(Answer::args);
    }

    @GetMapping("/agent/metadata")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "What a device's agent says of itself")
    public Mono<Object> metadata(@PathVariable String id) {
        return ask(id, "get_agent_metadata");
    }

    /** All of a device, by name of app and port. */
    public record TunnelLines(List<TunnelLine> items) {}

    @GetMapping("/tunnels")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Tunnels to ports of apps on a device, with how they are")
    public Mono<TunnelLines> tunnels(@PathVariable String id) {
        return tunnels.of(new DeviceId(id)).map(TunnelLines::new);
    }

    private Mono<Object> ask(String id, String procedure) {
        return operations.ask(new DeviceId(id), procedure, List.of()).map(AgentOperationsEndpoint::first);
    }

    private static Object first(Answer answer) {
        if (answer.args().isEmpty() || answer.args().getFirst() == null) {
            throw AppsRefusal.AGENT_ODD.because("The agent answered nothing.");
        }
        return answer.args().getFirst();
    }
}
