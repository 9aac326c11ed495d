package dev.muster.server.wiring;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.lab.Boards;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRequests;
import dev.muster.lab.PowerSwitches;
import dev.muster.lab.ScriptWords;
import dev.muster.lab.SetupScripts;
import dev.muster.lab.boards.StoredLabConfigurations;
import dev.muster.lab.command.BoardKeeper;
import dev.muster.lab.command.ConfiguredBoards;
import dev.muster.lab.command.LabOutcomes;
import dev.muster.lab.command.LabSettings;
import dev.muster.lab.command.QueueDispatcher;
import dev.muster.lab.command.ReservationExpiry;
import dev.muster.lab.command.SilenceWatch;
import dev.muster.server.AfterHistory;
import dev.muster.server.MusterSettings;
import dev.muster.server.lab.HangupReload;
import dev.muster.server.lab.LabContactFilter;
import dev.muster.server.lab.LabStart;
import dev.muster.updates.ActionViews;
import dev.muster.updates.Reinstallations;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

/**
 * What goes on in the lab by itself, in the order in which it begins: boards are what is configured, then what was decided
 * about them is done, then the queue is served and ends are kept.
 */
@Configuration(proxyBeanMethods = false)
class LabWorkWiring {

    @Bean
    @Order(1)
    AfterHistory labStart(
            StoredLabConfigurations configurations,
            ConfiguredBoards boards,
            LabOrders orders,
            MusterSettings settings) {
        return new LabStart(configurations, boards, orders, settings.lab().configuration() != null);
    }

    @Bean
    @Order(2)
    AfterHistory boardWork(
            Commands commands,
            Boards boards,
            LabOutcomes outcomes,
            Positions positions,
            LabConfigurations configurations,
            @Lazy SetupScripts scripts,
            ScriptWords words,
            @Lazy PowerSwitches switches,
            ConsoleLines lines,
            Reinstallations reinstallations,
            ActionViews actions,
            Clock clock,
            LabSettings settings) {
        BoardKeeper keeper = new BoardKeeper(
                commands,
                boards,
                outcomes,
                positions,
                configurations,
                scripts,
                words,
                switches,
                lines,
                reinstallations,
                actions,
                clock,
                settings);
        return running(keeper::start, keeper);
    }

    @Bean
    @Order(3)
    AfterHistory queueWork(
            Commands commands,
            Boards boards,
            LabRequests requests,
            LabOutcomes outcomes,
            Positions positions,
            Clock clock,
            LabSettings settings) {
        QueueDispatcher dispatcher =
                new QueueDispatcher(commands, boards, requests, outcomes, positions, clock, settings);
        return running(dispatcher::start, dispatcher);
    }

    @Bean
    @Order(4)
    AfterHistory expiryWork(Commands commands, Boards boards, Clock clock, LabSettings settings) {
        ReservationExpiry expiry = new ReservationExpiry(commands, boards, clock, settings);
        return running(expiry::start, expiry);
    }

    @Bean(destroyMethod = "")
    SilenceWatch labSilenceWatch(
            Commands commands, Boards boards, Clock clock, LabSettings settings, MusterSettings muster) {
        return new SilenceWatch(commands, boards, clock, settings, muster.lab().silenceMax());
    }

    @Bean
    LabContactFilter labContactFilter(SilenceWatch watch) {
        return new LabContactFilter(watch);
    }

    @Bean
    @Order(5)
    AfterHistory silenceWork(SilenceWatch watch) {
        return running(watch::start, watch);
    }

    @Bean
    @Order(6)
    @ConditionalOnProperty("muster.lab.configuration")
    AfterHistory hangupReload(LabOrders orders) {
        return new HangupReload(orders);
    }

    private static AfterHistory running(Runnable start, AutoCloseable what) {
        return new AfterHistory() {
            @Override
            public void begin() {
                start.run();
            }

            @Override
            public void end() throws Exception {
                what.close();
            }

            @Override
            public String toString() {
                return what.getClass().getSimpleName();
            }
        };
    }
}
