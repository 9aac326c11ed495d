package dev.muster.server.wiring;

import dev.muster.identity.PersonNames;
import dev.muster.lab.EtherPorts;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.ScriptWords;
import dev.muster.lab.SetupScripts;
import dev.muster.lab.console.ConsoleSettings;
import dev.muster.lab.console.SerialLines;
import dev.muster.lab.environment.EtherInterfaces;
import dev.muster.lab.environment.LocalProcesses;
import dev.muster.lab.environment.ProcessSettings;
import dev.muster.lab.environment.ScriptRunner;
import dev.muster.lab.environment.ScriptSettings;
import dev.muster.lab.power.PowerSettings;
import dev.muster.lab.power.Switchboard;
import dev.muster.server.MusterSettings;
import dev.muster.server.lab.ArtifactScriptWords;
import dev.muster.updates.ArtifactStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * What this node does to boards: power, serial lines, environments, programs. All is closed with it. What opens sockets or
 * loads native code is made when it is used first, so a server without boards has none of it; whoever is handed such a
 * thing asks for it {@code @Lazy}.
 */
@Configuration(proxyBeanMethods = false)
class LabHardwareWiring {

    @Bean
    @Lazy
    Switchboard switchboard(LabConfigurations configurations, MeterRegistry meters) {
        return new Switchboard(configurations::current, PowerSettings.DEFAULTS, meters);
    }

    @Bean
    SerialLines serialLines(MusterSettings settings) {
        ConsoleSettings usual = ConsoleSettings.DEFAULTS;
        return new SerialLines(usual.with(usual.readersMax(), settings.lab().consoleLocks()));
    }

    @Bean
    @Lazy
    LocalProcesses localProcesses() {
        return new LocalProcesses(ProcessSettings.DEFAULTS);
    }

    @Bean
    ScriptSettings scriptSettings(MusterSettings settings) {
        ScriptSettings usual = ScriptSettings.DEFAULTS;
        return usual.with(settings.lab().scriptReserveMax(), settings.lab().scriptReleaseMax(), usual.sideBySideMax());
    }

    @Bean
    ScriptWords scriptWords(@Qualifier(ArtifactWiring.SCRIPT_WORDS) ArtifactStore texts) {
        return new ArtifactScriptWords(texts);
    }

    /** Scripts know people by their user names. */
    @Bean
    @Lazy
    SetupScripts setupScripts(
            LabConfigurations configurations, LocalProcesses processes, PersonNames names, ScriptSettings settings) {
        return new ScriptRunner(configurations::current, processes, names::of, settings);
    }

    @Bean
    EtherPorts etherPorts() {
        return new EtherInterfaces(EtherInterfaces.LINUX);
    }
}
