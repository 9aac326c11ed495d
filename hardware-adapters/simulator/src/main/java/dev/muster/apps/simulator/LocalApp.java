package dev.muster.apps.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An app on a simulated device. One thing is done at a time; what is asked meanwhile is kept, and the last of it is
 * done when that has ended. One that fails is tried again after a while, later each time, until somebody asks for
 * something.
 */
final class LocalApp {

    /** The device that the app is on. */
    interface Host {

        /** Tells the cloud; what comes to nothing there comes to nothing here. */
        void report(LocalApp app, String state, String updateStatus) throws AgentFault, InterruptedException;

        void reportPorts(LocalApp app, List<Map<String, Object>> rules) throws AgentFault, InterruptedException;

        /** Leave to pull, push and compose. */
        RegistryLogin token(AppRequest request) throws AgentFault, InterruptedException;

        /** @param version none for the one that was built here */
        String image(AppRequest request, String version);

        Map<String, String> environment(AppRequest request);

        /** Hears of the app's container. */
        ContainerEngine.Listener listener(LocalApp app);

        /** What the agent says in the app's log. */
        void says(LocalApp app, String text);

        boolean fails(LocalApp app);

        void run(Runnable task);
    }

    private final Host host;
    private final AgentSettings settings;
    private final AppSteps steps;
    private volatile String state;
    private volatile AppRequest wanted;
    private boolean isBusy;
    private boolean isAskedAnew;
    private volatile boolean isCanceled;
    /** Its container ended by itself while something was being done. */
    private boolean isOver;

    private int failures;

    LocalApp(Host host, AgentSettings settings, ContainerEngine engine, AppRequest first) {
        this.host = host;
        this.settings = settings;
        this.state = first.current();
        this.wanted = first;
        this.steps = new AppSteps(this, host, engine, first);
    }

    AppRequest wanted() {
        return wanted;
    }

    String state() {
        return state;
    }

    /** Whether something of it is on the device. */
    boolean isThere() {
        return !state.equals("UNINSTALLED") && !state.equals("REMOVED");
    }

    long release() {
        return steps.release();
    }

    String version() {
        return steps.version();
    }

    /** Kept at once, done in the background. */
    void ask(AppRequest request) {
        synchronized (this) {
            wanted = request;
            isAskedAnew = true;
            failures = 0;
            boolean cancels = request.cancel()
                    || (state.equals("UPDATING") && !request.target().equals("RUNNING") && !request.update());
            if (isBusy) {
                isCanceled |= cancels;
                return;
            }
            isBusy = true;
        }
        host.run(this::work);
    }

    private void work() {
        while (true) {
            AppRequest request;
            synchronized (this) {
                isAskedAnew = false;
                isCanceled = false;
                isOver = false;
                request = wanted;
            }
            boolean failed = !done(request) || (isOver() && !told("FAILED"));
            synchronized (this) {
                if (!isAskedAnew && !failed && !isOver) {
                    isBusy = false;
                    return;
                }
                if (!isAskedAnew && request.isDev()) {
                    isBusy = false;
                    return;
                }
            }
            if (failed && !paused()) {
                return;
            }
        }
    }

    private synchronized boolean isOver() {
        return isOver && state.equals("RUNNING");
    }

    /** A crash loop's wait; false when nothing is to be tried any more. */
    private boolean paused() {
        try {
            int times;
            synchronized (this) {
                if (isAskedAnew) {
                    return true;
                }
                times = ++failures;
            }
            host.says(this, "Entered a crashloop");
            long end = System.nanoTime()
                    + settings.crashPause().multipliedBy((long) times * times).toNanos();
            synchronized (this) {
                while (!isAskedAnew && System.nanoTime() < end) {
                    wait(10);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** False when it failed. */
    private boolean done(AppRequest request) {
        try {
            steps.take(request);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (AgentFault e) {
            host.says(this, "failed: " + e.getMessage());
            return told("FAILED");
        }
    }

    /** Always false: it failed, whether the cloud can be told or not. */
    private boolean told(String failed) {
        try {
            now(failed, "");
        } catch (AgentFault e) {
            state = failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    void now(String next, String update) throws AgentFault, InterruptedException {
        state = next;
        host.report(this, next, update);
    }

    /** A container ends by itself. */
    void exits() {
        synchronized (this) {
            if (isBusy || !state.equals("RUNNING")) {
                isOver = isBusy;
                return;
            }
            isBusy = true;
        }
        host.run(() -> {
            if (!told("FAILED") && paused()) {
                work();
            }
        });
    }

    /** Whether it was called off meanwhile. */
    boolean waited() throws InterruptedException {
        pause();
        return isCanceled;
    }

    void pause() throws InterruptedException {
        Duration step = settings.step();
        if (!step.isZero()) {
            Thread.sleep(step);
        }
    }

    /** The cloud knows of it no more: its container goes, whatever it does. */
    void wipe() {
        host.run(() -> {
            try {
                steps.wipe(wanted);
            } catch (AgentFault e) {
                host.says(this, "failed: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Reports how it is, as after a reconnect. */
    void again() throws AgentFault, InterruptedException {
        host.report(this, state, "");
    }
}
