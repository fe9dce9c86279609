package io.liftstream.cli.view;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves the page's files to those who ask with GET, and nothing else. */
final class PageHandler extends Handler.Abstract.NonBlocking {
    private final PageFiles files = new PageFiles();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET");
            Response.writeError(
                    request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "GET only");
            return true;
        }
        PageFiles.File file = files.get(Request.getPathInContext(request));
        if (file == null) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return true;
        }
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, file.type())
                .put(HttpHeader.CONTENT_LENGTH, file.content().length)
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                .put(new HttpField("Content-Security-Policy", files.policy()))
                .put(new HttpField("Cross-Origin-Resource-Policy", "same-origin"))
                .put(new HttpField("Referrer-Policy", "no-referrer"))
                .put(new HttpField("X-Content-Type-Options", "nosniff"));
        response.write(true, ByteBuffer.wrap(file.content()), callback);
        return true;
    }
}
