import { type Call, target } from './call.ts';
import { api } from './http.ts';
import { Problem } from './problem.ts';

export interface UploadProgress { sent: number; total: number; perSecond: number; secondsLeft: number | undefined }

/** Sends a file as the raw body. `fetch` tells nothing about what it has sent, so this is an XMLHttpRequest. */
export function upload<T>(call: Call, file: Blob, progress: (state: UploadProgress) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(call.method, target(call));
    for (const [name, value] of Object.entries(api.headers({ ...call, file: call.file ?? 'file' }))) request.setRequestHeader(name, value);
    const speed = new Speed();
    request.upload.onprogress = (event) => progress(speed.at(event.loaded, file.size, performance.now()));
    request.onerror = () => reject(Problem.unreachable());
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onload = () => {
      if (request.status < 200 || request.status > 299) {
        reject(Problem.parse(request.status, request.statusText, request.responseText, request.getResponseHeader('Retry-After')));
        return;
      }
      api.wrote(request.getResponseHeader('Muster-Position'));
      resolve(JSON.parse(request.responseText) as T);
    };
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** Speed over the last moments, smoothed so that the time left does not dance. */
export class Speed {
  #last: { sent: number; at: number } | undefined;
  #perSecond = 0;

  at(sent: number, total: number, now: number): UploadProgress {
    if (this.#last && now > this.#last.at) {
      const current = ((sent - this.#last.sent) * 1000) / (now - this.#last.at);
      this.#perSecond = this.#perSecond === 0 ? current : this.#perSecond * 0.8 + current * 0.2;
    }
    this.#last = { sent, at: now };
    const secondsLeft = this.#perSecond > 0 ? Math.max(0, total - sent) / this.#perSecond : undefined;
    return { sent, total, perSecond: this.#perSecond, secondsLeft };
  }
}
