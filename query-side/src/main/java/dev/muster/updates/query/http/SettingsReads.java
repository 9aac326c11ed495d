package dev.muster.updates.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.registry.query.http.Conditional;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.query.SettingsIndex;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How this tenant talks to its devices. */
@RestController
public class SettingsReads {

    private final SettingsIndex settings;

    public SettingsReads(SettingsIndex settings) {
        this.settings = settings;
    }

    /** The settings without digests: exactly what may be sent back to change them. Meanings: {@link UpdateSettings}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SettingsView(
            String pollingTime,
            boolean targetToken,
            boolean gatewayToken,
            boolean certificateHeader,
            List<String> authorities,
            UpdateSettings.Trust trust,
            UpdateSettings.@Nullable External external,
            boolean confirmationFlow,
            boolean autoClose,
            int windowPollCount,
            boolean trackAddress,
            boolean openDownloads,
            @Nullable String publicBaseUrl,
            @Nullable String downloadBaseUrl,
            boolean rolloutApproval) {}

    @GetMapping("/api/v1/settings/updates")
    @Requires(Permission.SETTINGS_READ)
    @Operation(summary = "The device settings, with the version to send as If-Match")
    public Mono<ResponseEntity<SettingsView>> get(
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Mono.fromSupplier(settings::current)
                .map(current ->
                        Conditional.answer(ifNoneMatch, Long.toString(current.version()), view(current.settings())));
    }

    private static SettingsView view(UpdateSettings s) {
        return new SettingsView(
                s.pollingTime(),
                s.targetToken(),
                s.gatewayToken(),
                s.certificateHeader(),
                s.authorities(),
                s.trust(),
                s.external(),
                s.confirmationFlow(),
                s.autoClose(),
                s.windowPollCount(),
                s.trackAddress(),
                s.openDownloads(),
                s.publicBaseUrl(),
                s.downloadBaseUrl(),
                Boolean.TRUE.equals(s.rolloutApproval()));
    }
}
