import { createApp } from './app';
import { optimiseLess } from './optimise-less';

optimiseLess();
createApp().synth();
