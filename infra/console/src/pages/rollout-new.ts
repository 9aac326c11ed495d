import { html } from 'lit';
import { Base } from '../ui/element.ts';
customElements.define('page-rollout-new', class extends Base { protected override render() { return html`<div class="page"></div>`; } });
