package dev.muster.lab.power;

import java.util.Date;
import java.util.Timer;
import java.util.TimerTask;
import org.snmp4j.SNMP4JSettings;
import org.snmp4j.util.CommonTimer;

/** What SNMP4J can only be told for the whole process; this adapter is the only one here that uses it. */
final class SnmpLibrary {

    private SnmpLibrary() {}

    /** Answers count only from where was asked, and the timer's thread has a name. */
    static void prepare() {
        SNMP4JSettings.setVerifyResponsePeerAddress(true);
        SNMP4JSettings.setTimerFactory(NamedTimer::new);
    }

    private static final class NamedTimer implements CommonTimer {

        private final Timer timer = new Timer("lab-power-snmp-timer", true);

        @Override
        public void schedule(TimerTask task, long delay) {
            timer.schedule(task, delay);
        }

        @Override
        public void schedule(TimerTask task, Date firstTime, long period) {
            timer.schedule(task, firstTime, period);
        }

        @Override
        public void schedule(TimerTask task, long delay, long period) {
            timer.schedule(task, delay, period);
        }

        @Override
        public void cancel() {
            timer.cancel();
        }
    }
}
