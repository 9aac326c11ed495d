package dev.muster.updates.command;

import dev.muster.updates.PollingTime;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.UpdateSettings.Trust;
import dev.muster.updates.UpdatesRefusal;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the tenant's device settings must look like. */
final class SettingsRules {

    private static final int WINDOW_POLLS_MAX = 100;

    private SettingsRules() {}

    static void check(UpdateSettings settings) {
        PollingTime.parse(settings.pollingTime());
        if (settings.windowPollCount() < 1 || settings.windowPollCount() > WINDOW_POLLS_MAX) {
            throw invalid("windowPollCount", "windowPollCount is 1 to " + WINDOW_POLLS_MAX + ".");
        }
        if (settings.trust() == Trust.EXTERNAL && settings.external() == null) {
            throw invalid("external", "Trust 'external' needs the address of the token service.");
        }
        if (settings.external() != null) {
            onlyHttp("external.url", settings.external().url());
            if (!settings.external().bearer() && settings.external().jsonKey().isBlank()) {
                throw invalid("external.jsonKey", "external.jsonKey names the member that carries the token.");
            }
        }
        onlyHttp("publicBaseUrl", settings.publicBaseUrl());
        onlyHttp("downloadBaseUrl", settings.downloadBaseUrl());
    }

    private static void onlyHttp(String name, @Nullable String url) {
        if (url == null) {
            return;
        }
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(name, name + " is no address: " + e.getMessage());
        }
        throw invalid(name, name + " is an http or https address.");
    }

    private static RuntimeException invalid(String member, String why) {
        return UpdatesRefusal.SETTINGS_INVALID.about(member, why);
    }
}
