package dev.muster.wamp;

import java.time.Clock;
import java.util.concurrent.Executor;
import reactor.core.scheduler.Scheduler;

/**
 * On what the router runs.
 *
 * @param loop threads of the router itself; one is enough
 * @param local threads on which code of this process is called
 */
record Engine(Executor loop, Executor local, Scheduler timer, Chance chance, Clock clock) {}
