package dev.muster.config.query.http;

import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
import dev.muster.config.Registries;
import dev.muster.config.RegistryId;
import dev.muster.config.Seals;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.config.query.DriftIndex;
import dev.muster.config.query.DriftIndex.Drift;
import dev.muster.config.query.OutcomeIndex;
import dev.muster.config.query.http.WantedView.DriftPage;
import dev.muster.config.query.http.WantedView.DriftView;
import dev.muster.config.query.http.WantedView.ToldOutcome;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.ListCursor;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a device should have, and which devices do not have it. */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}")
public class WantedReads {

    private static final String DRIFT = "drift";

    private final Registries registries;
    private final Wishes wishes;
    private final DriftIndex drift;
    private final OutcomeIndex outcomes;
    private final Seals seals;
    private final SecretReads secretReads;
    private final Offload offload;

    public WantedReads(
            Registries registries,
            Wishes wishes,
            DriftIndex drift,
            OutcomeIndex outcomes,
            Seals seals,
            SecretReads secretReads,
            Offload offload) {
        this.registries = registries;
        this.wishes = wishes;
        this.drift = drift;
        this.outcomes = outcomes;
        this.seals = seals;
        this.secretReads = secretReads;
        this.offload = offload;
    }

    @GetMapping("/wanted/{device}")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "What a device should have: the fleet's wishes, its groups', a rollout's and its own, merged",
            description = "'secrets=true' puts secrets among the values; that needs config-secrets and is audited.")
    public Mono<ResponseEntity<WantedView>> wanted(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String device,
            @RequestParam(required = false, defaultValue = "false") boolean secrets) {
        RegistryId registry = new RegistryId(account, name);
        DeviceId id = new DeviceId(device);
        DatabagId own = new DatabagId(registry, Layer.device(id));
        return SecretReads.allowed(secrets)
                .then(offload.<WantedView>ask(() -> wanted(registry, id, secrets)))
                .flatMap(view -> secretReads
                        .noted(own, null, secrets ? view.secrets() : List.of(), Way.WANTED)
                        .thenReturn(ResponseEntity.ok()
                                .eTag("\"" + view.mark() + "\"")
                                .cacheControl(
                                        secrets
                                                ? CacheControl.noStore()
                                                : CacheControl.noCache().cachePrivate())
                                .body(view)));
    }

    private WantedView wanted(RegistryId registry, DeviceId device, boolean secrets) {
        registries.needed(registry);
        Wish wish = wishes.of(registry, device);
        Map<String, String> sources = new TreeMap<>();
        wish.sources().forEach((path, layer) -> sources.put(path, layer.toString()));
        return new WantedView(
                (secrets ? wish.opened(seals) : wish.clear()).toString(),
                List.copyOf(wish.secrets().keySet()),
                wish.tag(),
                sources,
                ToldOutcome.of(outcomes.of(registry, device), wish.tag()));
    }

    @GetMapping("/drift")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "Devices that do not have what they should, by id",
            description = "Only devices that tell what they have, by writing to their own databag, can differ.")
    public Mono<DriftPage> drift(
            @PathVariable String account,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        RegistryId registry = new RegistryId(account, name);
        DeviceId last = Marks.deviceAfter(cursor, DRIFT);
        int most = Pages.limit(limit);
        return offload.ask(() -> {
            registries.needed(registry);
            return page(registry, last, most);
        });
    }

    private DriftPage page(RegistryId registry, @Nullable DeviceId last, int limit) {
        NavigableMap<DeviceId, Drift> all = drift.of(registry);
        List<DriftView> items = new ArrayList<>();
        for (Drift each : (last == null ? all : all.tailMap(last, false)).values()) {
            if (items.size() == limit) {
                String key = items.getLast().device();
                return new DriftPage(items, ListCursor.of(DRIFT, key), drift.count(registry));
            }
            items.add(new DriftView(each.device().value(), each.paths(), each.since()));
        }
        return new DriftPage(items, null, drift.count(registry));
    }
}
