package dev.muster.lab.power;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** What an agent's answer means: the asked value, or why there is none (contract §8.1, observed behaviour of agents). */
final class SnmpAnswers {

    private SnmpAnswers() {}

    /** The value of exactly the object that was asked for. Throws a refusal of the lab otherwise. */
    static Variable value(@Nullable PDU answer, OID asked, SnmpAccess where) {
        PDU good = checked(answer, asked, where);
        VariableBinding binding = good.size() == 1 ? good.get(0) : null;
        if (binding == null || !asked.equals(binding.getOid())) {
            throw LabRefusal.POWER_FAULT.because(
                    "The power switch " + where + " answered something else than it was asked.");
        }
        if (binding.isException()) {
            throw noSuchPort(asked, where);
        }
        return binding.getVariable();
    }

    /** Throws unless the agent did what it was told. */
    static PDU checked(@Nullable PDU answer, OID asked, SnmpAccess where) {
        if (answer == null) {
            throw silence(where);
        }
        if (answer.getType() == PDU.REPORT) {
            throw report(answer, where);
        }
        if (answer.getType() != PDU.RESPONSE) {
            throw LabRefusal.POWER_FAULT.because(
                    "The power switch " + where + " answered something that is no answer.");
        }
        if (answer.getErrorStatus() != PDU.noError) {
            throw error(answer, asked, where);
        }
        return answer;
    }

    static Refused silence(SnmpAccess where) {
        return LabRefusal.POWER_TIMEOUT.because("The power switch " + where + " did not answer within "
                + where.patience().whole().toMillis() + " ms.");
    }

    /** Whether it says that it is no longer the engine that it was. */
    static boolean isOtherEngine(@Nullable PDU answer) {
        if (answer == null || answer.getType() != PDU.REPORT || answer.size() != 1) {
            return false;
        }
        OID why = answer.get(0).getOid();
        return SnmpConstants.usmStatsUnknownEngineIDs.equals(why) || SnmpConstants.usmStatsNotInTimeWindows.equals(why);
    }

    private static Refused report(PDU answer, SnmpAccess where) {
        OID why = answer.size() == 1 ? answer.get(0).getOid() : new OID();
        if (SnmpConstants.usmStatsUnknownUserNames.equals(why)) {
            return LabRefusal.POWER_AUTH.because("The power switch " + where + " does not know the user.");
        }
        if (SnmpConstants.usmStatsUnsupportedSecLevels.equals(why)) {
            return LabRefusal.POWER_AUTH.because(
                    "The power switch " + where + " wants another security level from the user.");
        }
        if (SnmpConstants.usmStatsWrongDigests.equals(why) || SnmpConstants.usmStatsDecryptionErrors.equals(why)) {
            return LabRefusal.POWER_AUTH.because("The power switch " + where + " does not take the pass phrases.");
        }
        return LabRefusal.POWER_FAULT.because("The power switch " + where + " refused with report " + why + ".");
    }

    private static Refused error(PDU answer, OID asked, SnmpAccess where) {
        return switch (answer.getErrorStatus()) {
            case PDU.authorizationError ->
                LabRefusal.POWER_AUTH.because("The power switch " + where + " does not let the user in like this.");
            case PDU.noAccess, PDU.readOnly ->
                LabRefusal.POWER_DENIED.because(
                        "The power switch " + where + " does not let these credentials do that.");
            case PDU.noSuchName, PDU.noCreation, PDU.notWritable -> noSuchPort(asked, where);
            default ->
                LabRefusal.POWER_FAULT.because(
                        "The power switch " + where + " refused: " + answer.getErrorStatusText() + ".");
        };
    }

    private static Refused noSuchPort(OID asked, SnmpAccess where) {
        return LabRefusal.NO_SUCH_PORT.because(
                "The power switch " + where + " has no such port; it was asked for " + asked + ".");
    }
}
