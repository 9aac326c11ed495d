package dev.muster.updates.ddi;

/** Every link a device is ever given. Identifiers and file names are one percent-encoded path segment each. */
final class Links {

    private final String tenant;

    Links(DdiSettings settings) {
        this.tenant = DevicePath.encoded(settings.tenant());
    }

    private StringBuilder base(String origin, String deviceId) {
        return new StringBuilder(160)
                .append(origin)
                .append('/')
                .append(tenant)
                .append("/controller/v1/")
                .append(DevicePath.encoded(deviceId));
    }

    String configData(Origin origin, String deviceId) {
        return base(origin.api(), deviceId).append("/configData").toString();
    }

    String deployment(Origin origin, String deviceId, int action, int c) {
        return base(origin.api(), deviceId)
                .append("/deploymentBase/")
                .append(action)
                .append("?c=")
                .append(c)
                .toString();
    }

    String confirmation(Origin origin, String deviceId, int action, int c) {
        return base(origin.api(), deviceId)
                .append("/confirmationBase/")
                .append(action)
                .append("?c=")
                .append(c)
                .toString();
    }

    String cancel(Origin origin, String deviceId, int action) {
        return base(origin.api(), deviceId)
                .append("/cancelAction/")
                .append(action)
                .toString();
    }

    String installed(Origin origin, String deviceId, int action) {
        return base(origin.api(), deviceId)
                .append("/installedBase/")
                .append(action)
                .toString();
    }

    String activateAutoConfirm(Origin origin, String deviceId) {
        return base(origin.api(), deviceId)
                .append("/confirmationBase/activateAutoConfirm")
                .toString();
    }

    String deactivateAutoConfirm(Origin origin, String deviceId) {
        return base(origin.api(), deviceId)
                .append("/confirmationBase/deactivateAutoConfirm")
                .toString();
    }

    String artifact(Origin origin, String deviceId, long module, String fileName) {
        return base(origin.downloads(), deviceId)
                .append("/softwaremodules/")
                .append(module)
                .append("/artifacts/")
                .append(DevicePath.encoded(fileName))
                .toString();
    }
}
