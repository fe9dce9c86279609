package io.liftstream.cli.view;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests that name another host than this one. */
final class OurHostOnly extends Handler.Wrapper {
    private final TrustedAddresses trusted;

    OurHostOnly(TrustedAddresses trusted) {
        this.trusted = trusted;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (trusted.isOurs(request.getHttpURI().getHost())) {
            return super.handle(request, response, callback);
        }
        Response.writeError(
                request,
                response,
                callback,
                HttpStatus.MISDIRECTED_REQUEST_421,
                "this server answers to its address, not to this name");
        return true;
    }
}
