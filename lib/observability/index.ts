export { type MonitorOptions } from './monitor-options';
export { PodMonitor, type PodMonitorProps } from './pod-monitor';
export { ServiceMonitor, type ServiceMonitorProps } from './service-monitor';
