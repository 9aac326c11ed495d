package dev.muster.updates.command.http;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Ids;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.Positions;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.SettingsCommand.ChangeSettings;
import dev.muster.updates.UpdateSettings;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Changes how this tenant talks to its devices. */
@RestController
@RequestMapping("/api/v1/settings/updates")
public class SettingsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final CurrentSettings current;
    private final Positions positions;

    public SettingsEndpoint(Commands commands, CurrentSettings current, Positions positions) {
        this.commands = commands;
        this.current = current;
        this.positions = positions;
    }

    /** The whole of the settings; what is left out takes its default. Meanings: {@link UpdateSettings}. */
    public record SettingsRequest(
            @Nullable String pollingTime,
            @Nullable Boolean targetToken,
            @Nullable Boolean gatewayToken,
            @Nullable Boolean certificateHeader,
            @Nullable List<String> authorities,
            UpdateSettings.@Nullable Trust trust,
            UpdateSettings.@Nullable External external,
            @Nullable Boolean confirmationFlow,
            @Nullable Boolean autoClose,
            @Nullable Integer windowPollCount,
            @Nullable Boolean trackAddress,
            @Nullable Boolean openDownloads,
            @Nullable String publicBaseUrl,
            @Nullable String downloadBaseUrl,
            @Nullable Boolean rolloutApproval) {

        UpdateSettings settings(@Nullable String gatewayTokenDigest) {
            UpdateSettings d = UpdateSettings.DEFAULTS;
            return new UpdateSettings(
                    pollingTime == null ? d.pollingTime() : pollingTime,
                    targetToken == null ? d.targetToken() : targetToken,
                    gatewayToken == null ? d.gatewayToken() : gatewayToken,
                    gatewayTokenDigest,
                    certificateHeader == null ? d.certificateHeader() : certificateHeader,
                    authorities == null ? List.of() : authorities,
                    trust == null ? d.trust() : trust,
                    external,
                    confirmationFlow == null ? d.confirmationFlow() : confirmationFlow,
                    autoClose == null ? d.autoClose() : autoClose,
                    windowPollCount == null ? d.windowPollCount() : windowPollCount,
                    trackAddress == null ? d.trackAddress() : trackAddress,
                    openDownloads == null ? d.openDownloads() : openDownloads,
                    publicBaseUrl,
                    downloadBaseUrl,
                    Boolean.TRUE.equals(rolloutApproval));
        }
    }

    /** The gateway's new secret, shown this once. */
    public record GatewayToken(String token) {}

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.SETTINGS_WRITE)
    @Operation(summary = "Replace the device settings")
    public Mono<Void> change(
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody SettingsRequest request) {
        Long expected = IfMatch.required(ifMatch);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> commands.send(
                        new ChangeSettings(request.settings(current.get().gatewayTokenDigest()), expected))))
                .then();
    }

    @PutMapping("/gateway-token")
    @Requires(Permission.SETTINGS_WRITE)
    @Operation(summary = "Make a new gateway token; the old one ends at once")
    public Mono<GatewayToken> rotate() {
        String token = Ids.secret();
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> commands.send(
                        new ChangeSettings(withGateway(current.get(), Ids.digest(token)), current.version()))))
                .thenReturn(new GatewayToken(token));
    }

    private static UpdateSettings withGateway(UpdateSettings s, String digest) {
        return new UpdateSettings(
                s.pollingTime(),
                s.targetToken(),
                true,
                digest,
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
                s.rolloutApproval());
    }
}
