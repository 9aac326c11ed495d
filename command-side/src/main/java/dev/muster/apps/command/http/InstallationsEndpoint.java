package dev.muster.apps.command.http;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppStage;
import dev.muster.apps.InstallationCommand.HoldApp;
import dev.muster.apps.InstallationCommand.ResumeApp;
import dev.muster.apps.InstallationCommand.RotateAppCredential;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.command.AppPushes;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Orders about an app on a device that are past what is wanted of it. */
@RestController
@RequestMapping("/api/v1/devices/{id}/apps/{app}")
public class InstallationsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final AppCatalogue catalogue;
    private final Installations installations;
    private final AppPushes pushes;
    private final Positions positions;

    public InstallationsEndpoint(
            Commands commands,
            AppCatalogue catalogue,
            Installations installations,
            AppPushes pushes,
            Positions positions) {
        this.commands = commands;
        this.catalogue = catalogue;
        this.installations = installations;
        this.pushes = pushes;
        this.positions = positions;
    }

    @PostMapping("/update")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Let an app go on that was called off or failed, and tell the device anew")
    public Mono<Void> update(@PathVariable String id, @PathVariable String app) {
        return order(
                id,
                app,
                AppStage.PROD,
                false,
                (installation, key) -> new ResumeApp(installation.device(), key, AppStage.PROD));
    }

    @PostMapping("/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Call off an update or an installation that is under way, until somebody lets it go on",
            description = "'stage' is prod, which is the default, or dev for what is built on the device.")
    public Mono<Void> cancel(
            @PathVariable String id, @PathVariable String app, @RequestParam(required = false) @Nullable String stage) {
        AppStage which = stage(stage);
        return order(id, app, which, true, (installation, key) -> {
            ReleaseKey next =
                    installation.next() == null ? null : installation.next().key();
            return new HoldApp(installation.device(), key, which, which == AppStage.DEV ? null : next);
        });
    }

    @PostMapping("/credential")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Give an app on a device another credential; it gets it when it starts next")
    public Mono<Void> credential(@PathVariable String id, @PathVariable String app) {
        return order(
                id,
                app,
                AppStage.PROD,
                false,
                (installation, key) -> new RotateAppCredential(installation.device(), key, AppStage.PROD));
    }

    private Mono<Void> order(
            String id, String app, AppStage stage, boolean callOff, BiFunction<Installation, AppKey, Object> order) {
        DeviceId device = new DeviceId(id);
        AppName name = new AppName(app);
        return positions.caughtUp(CATCH_UP_MAX).then(Caller.current()).flatMap(caller -> {
            AppKey key = catalogue.needed(name).key();
            Installation installation = installations.needed(device, key, stage);
            return commands.<Object>send(order.apply(installation, key))
                    .then(Mono.defer(() -> pushes.push(device, key, stage, callOff, caller)));
        });
    }

    private static AppStage stage(@Nullable String word) {
        for (AppStage each : AppStage.values()) {
            if (word != null && each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        if (word != null) {
            throw KernelRefusal.INVALID_REQUEST.because("'stage' is prod or dev.");
        }
        return AppStage.PROD;
    }
}
