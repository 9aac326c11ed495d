package dev.muster.server.wiring;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.command.Accounts;
import dev.muster.identity.command.People;
import dev.muster.identity.command.TokensOnBehalf;
import dev.muster.lab.BoardProcesses;
import dev.muster.lab.Boards;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.EtherPorts;
import dev.muster.lab.LabAudit;
import dev.muster.lab.LabContacts;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRequests;
import dev.muster.lab.RefusedOrders;
import dev.muster.lab.wire.BitelabHandler;
import dev.muster.lab.wire.BitelabPorts;
import dev.muster.lab.wire.BitelabSettings;
import dev.muster.lab.wire.ControllerSshd;
import dev.muster.lab.wire.SshKeysFile;
import dev.muster.lab.wire.TokenDesk;
import dev.muster.server.MusterSettings;
import dev.muster.server.http.TrustedProxies;
import dev.muster.server.lab.ConsoleTickets;
import dev.muster.server.lab.LabMeters;
import dev.muster.server.lab.LabTokens;
import dev.muster.server.security.KnownPeople;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The wire of lab clients, the tokens and tickets with which they come in, and the way to the first token. */
@Configuration(proxyBeanMethods = false)
class LabWireWiring {

    private static final String THIS_MACHINE = "127.0.0.1";

    @Bean
    KnownPeople knownPeople(Accounts accounts, People people) {
        return new KnownPeople(accounts, people);
    }

    @Bean
    LabTokens labTokens(TokensOnBehalf tokens) {
        return new LabTokens(tokens);
    }

    @Bean
    ConsoleTickets consoleTickets(Clock clock) {
        return new ConsoleTickets(clock);
    }

    @Bean
    @ConditionalOnProperty("muster.lab.ssh-keys")
    ControllerSshd controllerSshd(MusterSettings settings, KnownPeople people, TokenDesk desk) {
        MusterSettings.Lab lab = settings.lab();
        Path hostKey = lab.sshHostKey() == null ? settings.data().resolve("lab-ssh-host-key") : lab.sshHostKey();
        Path keys = lab.sshKeys();
        if (keys == null) {
            throw new IllegalStateException("muster.lab.ssh-keys is empty");
        }
        return new ControllerSshd(lab.sshdPort(), hostKey, new SshKeysFile(keys, people), desk, lab.tokenLife());
    }

    @Bean
    EndingDoor labDoor(
            MusterSettings settings,
            Boards boards,
            LabRequests requests,
            LabOrders orders,
            LabAudit audit,
            LabContacts contacts,
            RefusedOrders refused,
            PrometheusMeterRegistry meters,
            ConsoleLines consoles,
            @Lazy BoardProcesses processes,
            EtherPorts ethers,
            BearerTokens tokens,
            TokenDesk desk,
            ConsoleTickets tickets,
            KnownPeople people,
            ObjectProvider<ControllerSshd> sshd,
            Clock clock) {
        TrustedProxies proxies = TrustedProxies.orUsual(settings.ddi().trustedProxies());
        BitelabHandler handler = new BitelabHandler(
                new BitelabPorts(
                        boards,
                        requests,
                        orders,
                        audit,
                        contacts,
                        refused,
                        new LabMeters(meters),
                        consoles,
                        processes,
                        ethers,
                        tokens,
                        desk,
                        tickets,
                        people,
                        people,
                        proxies::addressOf,
                        clock),
                settings(settings.lab(), sshd.getIfAvailable()));
        return new EndingDoor(handler::serves, handler::handle, handler::close);
    }

    private static BitelabSettings settings(MusterSettings.Lab lab, @Nullable ControllerSshd sshd) {
        BitelabSettings usual = BitelabSettings.DEFAULTS.with(lab.tokenLife());
        return lab.controllerHost() == null && sshd != null
                ? usual.with(lab.prefix(), THIS_MACHINE, sshd.port())
                : usual.with(lab.prefix(), lab.controllerHost(), lab.controllerPort());
    }
}
