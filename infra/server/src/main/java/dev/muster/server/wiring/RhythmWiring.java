package dev.muster.server.wiring;

import dev.muster.apps.simulator.AppsChapter;
import dev.muster.identity.command.AdminToken;
import dev.muster.kernel.Commands;
import dev.muster.registry.Heartbeats;
import dev.muster.registry.command.SilenceWatch;
import dev.muster.server.MusterSettings;
import dev.muster.server.overview.ConfigMetrics;
import dev.muster.server.overview.LabMetrics;
import dev.muster.server.overview.RolloutCounts;
import dev.muster.server.wiring.WebWiring.WhenReady;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.PollingTime;
import dev.muster.updates.simulator.DemoSettings;
import dev.muster.updates.simulator.DemoStory;
import dev.muster.updates.simulator.TrainingRun;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens again and again, and what happens once people are let in. */
@Configuration(proxyBeanMethods = false)
class RhythmWiring {

    private static final Logger LOG = LoggerFactory.getLogger(RhythmWiring.class);
    private static final long SILENCE_LOOK_EVERY_S = 10;
    private static final long ROWS_EVERY_S = 2;
    private static final Duration TOKEN_WAIT_MAX = Duration.ofSeconds(30);

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService rhythm() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rhythm").daemon().factory());
    }

    @Bean
    SilenceWatch silenceWatch(
            Heartbeats heartbeats, Commands commands, Clock clock, CurrentSettings current, MusterSettings settings) {
        return new SilenceWatch(heartbeats, commands, clock, () -> PollingTime.parse(
                        current.get().pollingTime())
                .standard()
                .interval()
                .plus(settings.ddi().silentAfter()));
    }

    @Bean
    WhenReady regularWork(
            ScheduledExecutorService rhythm,
            SilenceWatch silence,
            RolloutCounts rollouts,
            LabMetrics lab,
            ConfigMetrics config) {
        return () -> {
            rhythm.scheduleWithFixedDelay(
                    safely(silence::look), SILENCE_LOOK_EVERY_S, SILENCE_LOOK_EVERY_S, TimeUnit.SECONDS);
            rhythm.scheduleWithFixedDelay(safely(rollouts::refresh), 0, ROWS_EVERY_S, TimeUnit.SECONDS);
            rhythm.scheduleWithFixedDelay(safely(lab::refresh), 0, ROWS_EVERY_S, TimeUnit.SECONDS);
            rhythm.scheduleWithFixedDelay(safely(config::refresh), 0, ROWS_EVERY_S, TimeUnit.SECONDS);
        };
    }

    @Bean
    @ConditionalOnProperty("muster.demo")
    WhenReady demoStory(MusterSettings settings, AdminToken tokens, WebServerApplicationContext context) {
        return () -> new DemoStory(
                        DemoSettings.of(address(context), token(tokens), settings.demoDevices()), new AppsChapter())
                .start();
    }

    /** On a thread of its own: the end of the process waits for the start to be over. */
    @Bean
    @ConditionalOnProperty("muster.training")
    WhenReady trainingRun(MusterSettings settings, AdminToken tokens, WebServerApplicationContext context) {
        return () -> {
            TrainingRun training =
                    new TrainingRun(address(context), token(tokens), Objects.requireNonNull(settings.training()));
            Thread.ofPlatform().name("training").start(() -> System.exit(training.run() ? 0 : 1));
        };
    }

    private static URI address(WebServerApplicationContext context) {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(context.getWebServer()).getPort());
    }

    private static String token(AdminToken tokens) {
        return Objects.requireNonNull(tokens.issue().block(TOKEN_WAIT_MAX));
    }

    /** A timer's task that throws would never run again. */
    private static Runnable safely(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("regular work failed", e);
            }
        };
    }
}
