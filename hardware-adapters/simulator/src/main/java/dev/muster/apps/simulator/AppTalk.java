package dev.muster.apps.simulator;

import java.util.Locale;
import java.util.Random;

/** What an app of the demo writes while it runs. */
final class AppTalk {

    private static final double COLD = 31;
    private static final double HOT = 58;

    private final SimulatedAgent agent;
    private final String app;
    private final String container;
    private final Random chance;
    private double temperature;
    private int uploads;

    /** @param seed of all that it measures */
    AppTalk(SimulatedAgent agent, String app, String container, long seed) {
        this.agent = agent;
        this.app = app;
        this.container = container;
        this.chance = new Random(seed);
        this.temperature = COLD + chance.nextDouble() * (HOT - COLD);
    }

    /** One line more, if it runs. */
    void line() {
        if ("RUNNING".equals(agent.state(app))) {
            agent.prints(container, next());
        }
    }

    private synchronized String next() {
        temperature = Math.clamp(temperature + chance.nextGaussian(), COLD, HOT);
        String measured = String.format(
                Locale.ROOT, "%s motor %.1f °C, battery %.2f V", agent.now(), temperature, 24.2 + chance.nextDouble());
        return switch (chance.nextInt(12)) {
            case 0 -> measured + "\n" + agent.now() + " uploaded batch " + ++uploads;
            case 1 -> measured + "\n" + agent.now() + " WARN upload is slow, it is tried again";
            default -> measured;
        };
    }
}
